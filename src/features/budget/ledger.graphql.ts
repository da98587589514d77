import { encodeGlobalId } from '../../core/ids.ts';
import { LedgerEntryKind } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { orderBy } from '../../graphql/order.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import type { PaidCall } from '../../providers/paid-call.ts';
import { checkRange, visibleEntries } from './ledger.ts';
import { PaidCallEnum } from './prices.graphql.ts';
import { ProviderEnum } from './provider.graphql.ts';

const LedgerEntryKindEnum = prismaEnum('LedgerEntryKind', LedgerEntryKind);

/** Higher features add what an entry counts for: its run, and what is theirs of its scopes. */
export const LedgerEntryNode = builder.prismaNode('LedgerEntry', {
  id: { field: 'id', description: 'Its one id everywhere: `ledger_entry_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleEntries(actor)] }),
  fields: (t) => ({
    kind: t.expose('kind', { type: LedgerEntryKindEnum }),
    operationKey: t.exposeString('operationKey'),
    amountMicroUsd: t.field({
      type: 'SafeInt',
      description: 'Micro-USD (1 cent = 10,000): what it set aside, charged or gave back.',
      resolve: ({ amountMicroUsd }) => Number(amountMicroUsd),
    }),
    day: t.string({
      description: 'Day (UTC) it counts for, that of its reservation: `2026-11-22`.',
      resolve: ({ day }) => day.toISOString().slice(0, 10),
    }),
    runId: t.id({
      description: 'Id of the PipelineRun that made the call, also of a deleted one.',
      resolve: ({ runId }) => encodeGlobalId('PipelineRun', runId),
    }),
    provider: t.expose('provider', { type: ProviderEnum }),
    model: t.exposeString('model'),
    call: t.field({
      type: PaidCallEnum,
      description: 'What was asked for.',
      resolve: ({ call }) => call as PaidCall,
    }),
    providerRequestId: t.exposeString('providerRequestId', { nullable: true }),
    usage: t.expose('usage', { type: 'JSON' }),
    rates: t.expose('rates', { type: 'JSON' }),
    isEstimate: t.exposeBoolean('isEstimate'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

export const LedgerEntryConnection = builder.connectionObject(
  {
    type: LedgerEntryNode,
    name: 'LedgerEntryConnection',
    description: 'A page of the ledger, oldest first.',
  },
  { name: 'LedgerEntryEdge', description: 'An entry and its place in the ledger.' },
);

/** A page of the actor's ledger entries that meet `where`, oldest first. */
export const pageOfLedger = pageOf<'LedgerEntry'>('LedgerEntry', {
  visible: visibleEntries,
  order: orderBy('createdAt', 'asc'),
});

builder.queryField('ledger', (t) =>
  t.connection(
    {
      type: LedgerEntryNode,
      description: 'The ledger of your workspace, oldest first, also of what is deleted.',
      args: {
        from: t.arg.string({ required: false, description: 'First day (UTC): `2026-11-01`.' }),
        to: t.arg.string({ required: false, description: 'Last day (UTC): `2026-11-30`.' }),
        kind: t.arg({ type: [LedgerEntryKindEnum], required: false, description: 'Entries of these kinds.' }),
      },
      resolve: (_root, args, ctx, info) => {
        const { from, to } = checkRange({ from: args.from ?? null, to: args.to ?? null });
        return pageOfLedger(ctx, info, args, {
          day: { ...(from && { gte: from }), ...(to && { lte: to }) },
          ...(args.kind && { kind: { in: args.kind } }),
        });
      },
    },
    LedgerEntryConnection,
  ),
);
