import { builder } from '../../graphql/builder.ts';
import { WorkspaceNode } from '../workspaces/workspace.graphql.ts';
import { type Cost, daysScope, dayScope, readCost, remainingOf, totalOf, workspaceScope } from './balance.ts';

/** Higher features say what was spent on what is theirs. */
export const CostType = builder.objectRef<Cost>('Cost').implement({
  description: 'What was spent, as the ledger has it, and the most that may be. Micro-USD: 1 cent is 10,000.',
  fields: (t) => ({
    settledMicroUsd: t.expose('settledMicroUsd', { type: 'SafeInt', description: 'Charged.' }),
    estimatedMicroUsd: t.expose('estimatedMicroUsd', {
      type: 'SafeInt',
      description: 'Of what was charged, what is an estimate: the provider did not say what was used.',
    }),
    reservedMicroUsd: t.expose('reservedMicroUsd', {
      type: 'SafeInt',
      description: 'Set aside for calls that are on their way: the most they may cost.',
    }),
    unknownMicroUsd: t.expose('unknownMicroUsd', {
      type: 'SafeInt',
      description: 'Set aside for calls of which nobody knows whether they were charged.',
    }),
    totalMicroUsd: t.field({
      type: 'SafeInt',
      description: 'What was charged, or is set aside for either reason: what counts against a cap.',
      resolve: totalOf,
    }),
    maxCostCents: t.exposeInt('maxCostCents', {
      nullable: true,
      description: 'Most it may cost, in cents; null without a cap of its own.',
    }),
    remainingMicroUsd: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'What its cap leaves; null without one, below 0 where it was lowered since.',
      resolve: remainingOf,
    }),
  }),
});

builder.prismaObjectFields(WorkspaceNode, (t) => ({
  cost: t.field({
    type: CostType,
    description: 'What everything in it has cost.',
    select: { id: true },
    resolve: ({ id }, _args, { db }) => readCost(db, workspaceScope(id)),
  }),
  costToday: t.field({
    type: CostType,
    description: 'What the calls of this day (UTC) cost, and the cap of a day.',
    select: { id: true },
    resolve: ({ id }, _args, { db }) => readCost(db, dayScope(id, new Date()), daysScope(id)),
  }),
}));

builder.queryField('workspace', (t) =>
  t.prismaField({
    type: WorkspaceNode,
    description: 'The workspace you act in: its caps and what was spent.',
    resolve: (query, _root, _args, { db, actor }) =>
      db.workspace.findUniqueOrThrow({ ...query, where: { id: actor.workspaceId } }),
  }),
);
