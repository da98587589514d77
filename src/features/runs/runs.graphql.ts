import { requireId } from '../../core/ids.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { FilterIds } from '../../graphql/filter-ids.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { WorkspaceNode } from '../workspaces/workspace.graphql.ts';
import { PipelineRunNode, RunKindEnum, RunStatusEnum } from './run.graphql.ts';
import { visibleRuns } from './run.ts';

export const PipelineRunConnection = builder.connectionObject(
  { type: PipelineRunNode, name: 'PipelineRunConnection', description: 'A page of runs, newest first.' },
  { name: 'PipelineRunEdge', description: 'A run and its place in the list.' },
);

/** A page of the actor's runs that meet `where`, newest first. */
export const pageOfRuns = pageOf('PipelineRun', { visible: visibleRuns });

/** Higher features add what runs work on. */
export const runFilterIds = new FilterIds<Prisma.PipelineRunWhereInput>();

const PipelineRunFilter = builder.inputType('PipelineRunFilter', {
  description: 'Which runs. What is left out does not matter.',
  fields: (t) => ({
    ...runFilterIds.fields(t),
    status: t.field({ type: [RunStatusEnum], required: false, description: 'Runs in any of these.' }),
    kind: t.field({ type: [RunKindEnum], required: false, description: 'Runs of any of these.' }),
  }),
});

const runsArgs = builder.args((t) => ({
  filter: t.field({ type: PipelineRunFilter, required: false, description: 'Which runs; all unless given.' }),
}));

builder.prismaObjectField(WorkspaceNode, 'runs', (t) =>
  t.connection(
    {
      type: PipelineRunNode,
      description: 'Runs it owns, newest first.',
      args: runsArgs,
      resolve: (workspace, args, ctx, info) =>
        pageOfRuns(ctx, info, args, { workspaceId: workspace.id, ...filtered(args.filter ?? {}) }),
    },
    PipelineRunConnection,
  ),
);

builder.queryFields((t) => ({
  pipelineRun: t.prismaField({
    type: PipelineRunNode,
    nullable: true,
    description: 'A run; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of a PipelineRun.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.pipelineRun.findUnique({
        ...query,
        where: { id: requireId('PipelineRun', args.id, ['id']), AND: [visibleRuns(actor)] },
      }),
  }),
  pipelineRuns: t.connection(
    {
      type: PipelineRunNode,
      description: 'Runs, newest first.',
      args: runsArgs,
      resolve: (_root, args, ctx, info) => pageOfRuns(ctx, info, args, filtered(args.filter ?? {})),
    },
    PipelineRunConnection,
  ),
}));

const filtered = (filter: typeof PipelineRunFilter.$inferInput): Prisma.PipelineRunWhereInput => ({
  ...(filter.status && { status: { in: filter.status } }),
  ...(filter.kind && { kind: { in: filter.kind } }),
  AND: runFilterIds.where(filter),
});
