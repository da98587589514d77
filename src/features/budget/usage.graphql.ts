import { encodeGlobalId } from '../../core/ids.ts';
import { builder } from '../../graphql/builder.ts';
import { checkRange } from './ledger.ts';
import { sumUsage, type UsageGroup, type UsageRow } from './usage.sql.ts';

const UsageGroupEnum = builder.enumType('UsageGroup', {
  description: 'What spending is summed by.',
  values: {
    DAY: { description: 'Day (UTC) of the call.' },
    PROJECT: { description: 'Project, also a deleted one.' },
    PROVIDER: { description: 'Provider that was called.' },
    MODEL: { description: 'Model that was used.' },
    CALL: { description: 'What was asked for.' },
  } satisfies Record<UsageGroup, object>,
});

const UsageType = builder.objectRef<UsageRow>('Usage').implement({
  description: 'What the calls of a group cost. Micro-USD: 1 cent is 10,000.',
  fields: (t) => ({
    key: t.exposeString('key', {
      description: 'The day (`2026-11-22`), the id of the project, the provider, the model or the call.',
    }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'Title of a project that still exists; null for any other group.',
    }),
    calls: t.exposeInt('calls', { description: 'Calls, without those that were not charged.' }),
    settledMicroUsd: t.field({
      type: 'SafeInt',
      description: 'Charged.',
      resolve: (row) => Number(row.settledMicroUsd),
    }),
    estimatedMicroUsd: t.field({
      type: 'SafeInt',
      description:
        'Of what was charged, what is booked as an estimate: the provider did not say what was used.',
      resolve: (row) => Number(row.estimatedMicroUsd),
    }),
    reservedMicroUsd: t.field({
      type: 'SafeInt',
      description: 'Set aside for calls that are on their way.',
      resolve: (row) => Number(row.reservedMicroUsd),
    }),
    unknownMicroUsd: t.field({
      type: 'SafeInt',
      description: 'Set aside for calls of which nobody knows whether they were charged.',
      resolve: (row) => Number(row.unknownMicroUsd),
    }),
  }),
});

builder.queryField('usage', (t) =>
  t.field({
    type: [UsageType],
    description: 'What your workspace has spent, summed from the ledger; the smallest key first.',
    args: {
      groupBy: t.arg({ type: UsageGroupEnum, description: 'What to sum by.' }),
      from: t.arg.string({ required: false, description: 'First day (UTC): `2026-11-01`.' }),
      to: t.arg.string({ required: false, description: 'Last day (UTC): `2026-11-30`.' }),
    },
    resolve: async (_root, { groupBy, from = null, to = null }, { db, actor }) => {
      const rows = await sumUsage(db, actor.workspaceId, groupBy, checkRange({ from, to }));
      return groupBy === 'PROJECT'
        ? rows.map((row) => ({ ...row, key: encodeGlobalId('Project', row.key) }))
        : rows;
    },
  }),
);
