import type { GraphQLResolveInfo } from 'graphql';
import { requireId } from '../../core/ids.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import type { PageArgs } from '../../graphql/connection.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { OrderDirectionEnum } from '../../graphql/order-direction.ts';
import { orderBy } from '../../graphql/order.ts';
import { containing } from '../../platform/database/containing.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { WorkspaceNode } from '../workspaces/workspace.graphql.ts';
import { ProjectNode, ProjectStatusEnum, ProviderEnum } from './project.graphql.ts';
import { visibleProjects } from './project.ts';

type Where = Prisma.ProjectWhereInput;

const ORDER_FIELDS = { CREATED_AT: 'createdAt', UPDATED_AT: 'updatedAt', TITLE: 'title' } as const;

const ProjectOrderField = builder.enumType('ProjectOrderField', {
  description: 'What projects can be ordered by; equal ones are ordered by id.',
  values: {
    CREATED_AT: { description: 'When they were created.' },
    UPDATED_AT: { description: 'When they last changed.' },
    TITLE: { description: 'Their title.' },
  } satisfies Record<keyof typeof ORDER_FIELDS, object>,
});

const ProjectOrder = builder.inputType('ProjectOrder', {
  description: 'Order of projects.',
  fields: (t) => ({
    field: t.field({ type: ProjectOrderField, description: 'What to order by.' }),
    direction: t.field({ type: OrderDirectionEnum, description: 'Which way.' }),
  }),
});

const NEWEST_FIRST = { field: 'CREATED_AT', direction: 'DESC' } as const;

const ProjectFilter = builder.inputType('ProjectFilter', {
  description: 'Which projects. What is left out does not matter.',
  fields: (t) => ({
    status: t.field({ type: [ProjectStatusEnum], required: false, description: 'Projects in any of these.' }),
    provider: t.field({
      type: [ProviderEnum],
      required: false,
      description: 'Projects made by any of these.',
    }),
    search: t.string({
      required: false,
      description: 'Words in the title or the prompt; upper and lower case are the same.',
    }),
  }),
});

export const ProjectConnection = builder.connectionObject(
  { type: ProjectNode, name: 'ProjectConnection', description: 'A page of projects.' },
  { name: 'ProjectEdge', description: 'A project and its place in the list.' },
);

/** What every list of projects takes. */
const projectsArgs = builder.args((t) => ({
  filter: t.field({
    type: ProjectFilter,
    required: false,
    description: 'Which projects; all unless given.',
  }),
  orderBy: t.field({
    type: ProjectOrder,
    required: false,
    description: 'In which order; newest first unless given.',
  }),
}));

type ProjectsArgs = PageArgs & {
  filter?: typeof ProjectFilter.$inferInput | null | undefined;
  orderBy?: typeof ProjectOrder.$inferInput | null | undefined;
};

const pageOfAll = pageOf('Project', { visible: visibleProjects });

/** A page of the actor's projects that are asked for and meet `where`, newest first unless ordered otherwise. */
function pageOfProjects(ctx: ApiContext, info: GraphQLResolveInfo, args: ProjectsArgs, where: Where = {}) {
  const { field, direction } = args.orderBy ?? NEWEST_FIRST;
  const wanted = { AND: [where, filtered(args.filter ?? {})] };
  return pageOfAll(
    ctx,
    info,
    args,
    wanted,
    orderBy(ORDER_FIELDS[field], direction === 'ASC' ? 'asc' : 'desc'),
  );
}

builder.prismaObjectField(WorkspaceNode, 'projects', (t) =>
  t.connection(
    {
      type: ProjectNode,
      description: 'Projects it owns, newest first unless ordered otherwise.',
      args: projectsArgs,
      resolve: (workspace, args, ctx, info) => pageOfProjects(ctx, info, args, { workspaceId: workspace.id }),
    },
    ProjectConnection,
  ),
);

builder.queryFields((t) => ({
  project: t.prismaField({
    type: ProjectNode,
    nullable: true,
    description: 'A project; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of a Project.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.project.findUnique({
        ...query,
        where: { id: requireId('Project', args.id, ['id']), AND: [visibleProjects(actor)] },
      }),
  }),
  projects: t.connection(
    {
      type: ProjectNode,
      description: 'Projects, newest first unless ordered otherwise.',
      args: projectsArgs,
      resolve: (_root, args, ctx, info) => pageOfProjects(ctx, info, args),
    },
    ProjectConnection,
  ),
}));

function filtered({ status, provider, search }: typeof ProjectFilter.$inferInput): Where {
  const found = search && containing(search);
  return {
    ...(status && { status: { in: status } }),
    ...(provider && { provider: { in: provider } }),
    ...(found && { OR: [{ title: found }, { prompt: found }] }),
  };
}
