import { projectScope, readCost } from '../budget/balance.ts';
import { CostType } from '../budget/cost.graphql.ts';
import { LedgerEntryConnection, LedgerEntryNode, pageOfLedger } from '../budget/ledger.graphql.ts';
import { builder } from '../../graphql/builder.ts';
import { READ_FIELDS } from '../../graphql/cost.ts';
import { ProjectNode } from './project.graphql.ts';
import { visibleProjects } from './project.ts';
import { SceneNode } from './scene.graphql.ts';
import { visibleScenes } from './scene.ts';

builder.prismaObjectField(ProjectNode, 'cost', (t) =>
  t.field({
    type: CostType,
    complexity: READ_FIELDS,
    description: 'What all its runs together have cost so far.',
    select: { id: true, maxCostCents: true },
    resolve: ({ id, maxCostCents }, _args, { db }) => readCost(db, projectScope(id), maxCostCents),
  }),
);

builder.prismaObjectField(ProjectNode, 'ledger', (t) =>
  t.connection(
    {
      type: LedgerEntryNode,
      description: 'What the ledger has of it, oldest first.',
      resolve: (project, args, ctx, info) => pageOfLedger(ctx, info, args, { projectId: project.id }),
    },
    LedgerEntryConnection,
  ),
);

builder.prismaObjectFields(LedgerEntryNode, (t) => ({
  project: t.prismaField({
    type: ProjectNode,
    nullable: true,
    description: 'Project the money was spent on; null if it was something else, and once it is deleted.',
    resolve: (query, { projectId }, _args, { db, actor }) =>
      projectId === null
        ? null
        : db.project.findUnique({ ...query, where: { id: projectId, AND: [visibleProjects(actor)] } }),
  }),
  scene: t.prismaField({
    type: SceneNode,
    nullable: true,
    description: 'Scene it was for; null for a storyboard, and once it is deleted.',
    resolve: (query, { sceneId }, _args, { db, actor }) =>
      sceneId === null
        ? null
        : db.scene.findUnique({ ...query, where: { id: sceneId, AND: [visibleScenes(actor)] } }),
  }),
}));
