import type { GraphQLResolveInfo } from 'graphql';
import { requireId } from '../../core/ids.ts';
import type { PipelineRun, Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { connectionOf, nodeQuery, type PageArgs } from '../../graphql/connection.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { orderBy } from '../../graphql/order.ts';
import { WorkspaceNode } from '../workspaces/workspace.graphql.ts';
import { PipelineRunNode, RunKindEnum, RunStatusEnum } from './run.graphql.ts';
import { visibleRuns } from './run.ts';

type Where = Prisma.PipelineRunWhereInput;

export const PipelineRunConnection = builder.connectionObject(
  { type: PipelineRunNode, name: 'PipelineRunConnection', description: 'A page of runs, newest first.' },
  { name: 'PipelineRunEdge', description: 'A run and its place in the list.' },
);

const newestFirst = orderBy<PipelineRun, Where, Prisma.PipelineRunOrderByWithRelationInput>(
  'createdAt',
  'desc',
);

/** A page of the actor's runs that meet `where`. */
export function pageOfRuns(ctx: ApiContext, info: GraphQLResolveInfo, args: PageArgs, where: Where) {
  return connectionOf(
    newestFirst,
    args,
    { AND: [visibleRuns(ctx.actor), where] },
    {
      rows: (query) => ctx.db.pipelineRun.findMany({ ...nodeQuery(ctx, info), ...query }),
      counted: ctx.db.pipelineRun,
    },
  );
}

const PipelineRunFilter = builder.inputType('PipelineRunFilter', {
  description: 'Which runs. What is left out does not matter.',
  fields: (t) => ({
    projectId: t.id({ required: false, description: 'Runs of this project.' }),
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

const filtered = ({ projectId, status, kind }: typeof PipelineRunFilter.$inferInput): Where => ({
  ...(projectId && { projectId: requireId('Project', projectId, ['filter', 'projectId']) }),
  ...(status && { status: { in: status } }),
  ...(kind && { kind: { in: kind } }),
});
