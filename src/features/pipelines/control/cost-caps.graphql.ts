import { requireId } from '../../../core/ids.ts';
import type { PipelineRun, Project, Workspace } from '../../../generated/prisma/client.ts';
import { builder, type InputFields } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../graphql/errors.ts';
import { PipelineRunNode } from '../../runs/run.graphql.ts';
import { ProjectNode } from '../../projects/project.graphql.ts';
import { WorkspaceNode } from '../../workspaces/workspace.graphql.ts';
import { setProjectCostCap, setRunCostCap, setWorkspaceCostCaps } from './cost-caps.ts';

const GOES_ON = 'Raised or lifted, the runs that it held go on by themselves.';

const capField = (t: InputFields, what: string) =>
  t.int({ required: false, description: `Most ${what} may cost, in cents; null for no cap.` });

const SetRunCostCapInput = builder.inputType('SetRunCostCapInput', {
  description: 'Which run to cap, and where.',
  fields: (t) => ({
    runId: t.id({ description: 'Id of a PipelineRun.' }),
    maxCostCents: capField(t, 'the run'),
  }),
});

const SetRunCostCapPayload = builder.objectRef<{ run: PipelineRun }>('SetRunCostCapPayload').implement({
  description: 'The run, capped.',
  fields: (t) => ({
    run: t.field({ type: PipelineRunNode, description: 'As it stands now.', resolve: ({ run }) => run }),
  }),
});

builder.mutationField('setRunCostCap', (t) =>
  t.field({
    type: SetRunCostCapPayload,
    description: `Sets the most that a live run may cost. ${GOES_ON}`,
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'SetRunCostCapResult', description: 'The capped run, or why it is not.' },
    },
    args: { input: t.arg({ type: SetRunCostCapInput, description: 'Which run to cap, and where.' }) },
    resolve: async (_root, { input: { runId, maxCostCents = null } }, ctx) => ({
      run: await setRunCostCap(ctx, { runId: requireId('PipelineRun', runId, ['runId']), maxCostCents }),
    }),
  }),
);

const SetProjectCostCapInput = builder.inputType('SetProjectCostCapInput', {
  description: 'Which project to cap, and where.',
  fields: (t) => ({
    projectId: t.id({ description: 'Id of a Project.' }),
    maxCostCents: capField(t, 'all its runs together'),
  }),
});

const SetProjectCostCapPayload = builder
  .objectRef<{ project: Project }>('SetProjectCostCapPayload')
  .implement({
    description: 'The project, capped.',
    fields: (t) => ({
      project: t.field({
        type: ProjectNode,
        description: 'As it stands now.',
        resolve: ({ project }) => project,
      }),
    }),
  });

builder.mutationField('setProjectCostCap', (t) =>
  t.field({
    type: SetProjectCostCapPayload,
    description: `Sets the most that all runs of a project together may cost. ${GOES_ON}`,
    errors: {
      types: [InvalidInputError, NotFoundError],
      union: { name: 'SetProjectCostCapResult', description: 'The capped project, or why it is not.' },
    },
    args: { input: t.arg({ type: SetProjectCostCapInput, description: 'Which project to cap, and where.' }) },
    resolve: async (_root, { input: { projectId, maxCostCents = null } }, ctx) => ({
      project: await setProjectCostCap(ctx, {
        projectId: requireId('Project', projectId, ['projectId']),
        maxCostCents,
      }),
    }),
  }),
);

const SetWorkspaceCostCapsInput = builder.inputType('SetWorkspaceCostCapsInput', {
  description: 'Caps of your workspace; what is left out stays as it is.',
  fields: (t) => ({
    maxCostCents: capField(t, 'everything in it'),
    maxDailyCostCents: capField(t, 'the calls of one day (UTC)'),
  }),
});

const SetWorkspaceCostCapsPayload = builder
  .objectRef<{ workspace: Workspace }>('SetWorkspaceCostCapsPayload')
  .implement({
    description: 'The workspace, capped.',
    fields: (t) => ({
      workspace: t.field({
        type: WorkspaceNode,
        description: 'As it stands now.',
        resolve: ({ workspace }) => workspace,
      }),
    }),
  });

builder.mutationField('setWorkspaceCostCaps', (t) =>
  t.field({
    type: SetWorkspaceCostCapsPayload,
    description: `Sets the most that everything in your workspace may cost, ever and a day. ${GOES_ON}`,
    errors: {
      types: [InvalidInputError],
      union: { name: 'SetWorkspaceCostCapsResult', description: 'The capped workspace, or why it is not.' },
    },
    args: { input: t.arg({ type: SetWorkspaceCostCapsInput, description: 'The caps.' }) },
    resolve: async (_root, { input }, ctx) => ({ workspace: await setWorkspaceCostCaps(ctx, input) }),
  }),
);
