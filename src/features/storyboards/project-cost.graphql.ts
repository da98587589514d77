import { encodeGlobalId } from '../../core/ids.ts';
import { idAmong } from '../../core/scopes.ts';
import { readCost } from '../budget/balance.ts';
import { CostType } from '../budget/cost.graphql.ts';
import { LedgerEntryConnection, LedgerEntryNode, pageOfLedger } from '../budget/ledger.graphql.ts';
import { declareUsageGroup } from '../budget/usage.graphql.ts';
import { builder } from '../../graphql/builder.ts';
import { READ_FIELDS } from '../../graphql/cost.ts';
import { ProjectNode } from '../projects/project.graphql.ts';
import { visibleProjects } from '../projects/project.ts';
import { projectScope } from '../projects/project-runs.ts';
import { SceneNode } from './scene.graphql.ts';
import { visibleScenes } from './scene.ts';

builder.prismaObjectField(ProjectNode, 'cost', (t) =>
  t.field({
    type: CostType,
    complexity: READ_FIELDS,
    description: 'What all its runs together have cost so far.',
    select: { id: true },
    resolve: ({ id }, _args, { db }) => readCost(db, projectScope(id)),
  }),
);

builder.prismaObjectField(ProjectNode, 'ledger', (t) =>
  t.connection(
    {
      type: LedgerEntryNode,
      description: 'What the ledger has of it, oldest first.',
      resolve: (project, args, ctx, info) =>
        pageOfLedger(ctx, info, args, { scopes: { has: projectScope(project.id) } }),
    },
    LedgerEntryConnection,
  ),
);

function globalIdAmong(scopes: readonly string[], type: 'Project' | 'Scene'): string | null {
  const id = idAmong(scopes, type);
  return id && encodeGlobalId(type, id);
}

builder.prismaObjectFields(LedgerEntryNode, (t) => ({
  projectId: t.id({
    nullable: true,
    description:
      'Id of the Project it was spent on, also of a deleted one; null if it was spent on something else.',
    resolve: ({ scopes }) => globalIdAmong(scopes, 'Project'),
  }),
  sceneId: t.id({
    nullable: true,
    description: 'Id of the Scene it was for, also of a deleted one; null for a storyboard.',
    resolve: ({ scopes }) => globalIdAmong(scopes, 'Scene'),
  }),
  project: t.prismaField({
    type: ProjectNode,
    nullable: true,
    description: 'Project the money was spent on; null if it was something else, and once it is deleted.',
    resolve: (query, { scopes }, _args, { db, actor }) => {
      const id = idAmong(scopes, 'Project');
      return id === null
        ? null
        : db.project.findUnique({ ...query, where: { id, AND: [visibleProjects(actor)] } });
    },
  }),
  scene: t.prismaField({
    type: SceneNode,
    nullable: true,
    description: 'Scene it was for; null for a storyboard, and once it is deleted.',
    resolve: (query, { scopes }, _args, { db, actor }) => {
      const id = idAmong(scopes, 'Scene');
      return id === null
        ? null
        : db.scene.findUnique({ ...query, where: { id, AND: [visibleScenes(actor)] } });
    },
  }),
}));

declareUsageGroup('PROJECT', {
  description: 'Project, also a deleted one.',
  type: 'Project',
  titlesOf: async ({ db, actor }, ids) => {
    const projects = await db.project.findMany({
      where: { ...visibleProjects(actor), id: { in: [...ids] } },
      select: { id: true, title: true },
    });
    return new Map(projects.map(({ id, title }) => [id, title]));
  },
});
