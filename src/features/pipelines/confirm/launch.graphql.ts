import { requireId } from '../../../core/ids.ts';
import type { PipelineRun, Project } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../../graphql/errors.ts';
import { PipelineRunNode } from '../../runs/run.graphql.ts';
import { projectFields } from '../../projects/project-fields.graphql.ts';
import { ProjectNode } from '../../projects/project.graphql.ts';
import { EstimateWarningType, NARRATION_WARNINGS } from './estimate-warnings.graphql.ts';
import {
  crossfadeField,
  idempotencyField,
  maxCostField,
  priorityField,
  projectField,
  stopAfterField,
} from './launch-fields.graphql.ts';
import { generateFilm, launchRun, stitchFilm } from './launch.ts';
import { narrationWarnings } from './narration-warnings.ts';
import type { Confirmation } from './run-plan.ts';

export const GenerateFilmInput = builder.inputType('GenerateFilmInput', {
  description: 'What the film is to be, and how it is to be made.',
  fields: (t) => ({
    ...projectFields(t),
    stopAfter: stopAfterField(t),
    crossfadeSeconds: crossfadeField(t),
    maxCostCents: maxCostField(t),
    priority: priorityField(t),
    idempotencyKey: idempotencyField(t),
  }),
});

const GenerateFilmPayload = builder
  .objectRef<{ project: Project; run: PipelineRun }>('GenerateFilmPayload')
  .implement({
    description: 'The project and its first run, launched.',
    fields: (t) => ({
      project: t.field({
        type: ProjectNode,
        description: 'The new project.',
        resolve: ({ project }) => project,
      }),
      run: t.field({ type: PipelineRunNode, description: 'Its queued run.', resolve: ({ run }) => run }),
      warnings: t.field({
        type: [EstimateWarningType],
        description: NARRATION_WARNINGS,
        resolve: ({ project }) => narrationWarnings({ ...project, referenceIds: [], scenes: [] }),
      }),
    }),
  });

builder.mutationField('generateFilm', (t) =>
  t.field({
    type: GenerateFilmPayload,
    description:
      'Creates a project and launches a run on it; answers at once. Follow the run with `runProgress`.',
    errors: {
      types: [InvalidInputError, ConflictError, ResourceError],
      union: { name: 'GenerateFilmResult', description: 'The project and its run, or why there are none.' },
    },
    args: {
      input: t.arg({ type: GenerateFilmInput, description: 'What the film is to be, and how to make it.' }),
    },
    resolve: (_root, { input }, ctx) =>
      generateFilm(ctx, {
        ...input,
        stopAfter: input.stopAfter ?? null,
        maxCostCents: input.maxCostCents ?? null,
        idempotencyKey: input.idempotencyKey ?? null,
      }),
  }),
);

const PlanConfirmation = builder.inputType('PlanConfirmation', {
  description: 'A plan as `planRun` gave it.',
  fields: (t) => ({
    planId: t.id({ description: 'Id of a RunPlan.' }),
    digest: t.string({ description: 'Its digest.' }),
  }),
});

const LaunchRunInput = builder.inputType('LaunchRunInput', {
  description: 'Which project to make, and how far.',
  fields: (t) => ({
    projectId: projectField(t),
    plan: t.field({
      type: PlanConfirmation,
      required: false,
      description: 'Plan it must be the run of: refused with PLAN_STALE if what it was made of has changed.',
    }),
    stopAfter: stopAfterField(t),
    crossfadeSeconds: crossfadeField(t),
    maxCostCents: maxCostField(t),
    priority: priorityField(t),
    idempotencyKey: idempotencyField(t),
  }),
});

const LaunchRunPayload = builder.objectRef<{ run: PipelineRun }>('LaunchRunPayload').implement({
  description: 'The run, queued.',
  fields: (t) => ({
    run: t.field({ type: PipelineRunNode, description: 'As it was queued.', resolve: ({ run }) => run }),
  }),
});

builder.mutationField('launchRun', (t) =>
  t.field({
    type: LaunchRunPayload,
    description:
      'Launches a run that makes what the project still lacks; what is finished is never made or paid for again.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'LaunchRunResult', description: 'The queued run, or why there is none.' },
    },
    args: { input: t.arg({ type: LaunchRunInput, description: 'Which project to make, and how far.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = requireId('Project', input.projectId, ['projectId']);
      const plan = input.plan ? confirmed(input.plan) : null;
      const { stopAfter = null, maxCostCents = null, idempotencyKey = null } = input;
      const options = { plan, stopAfter, maxCostCents, idempotencyKey };
      return { run: await launchRun(ctx, { ...input, projectId, ...options }) };
    },
  }),
);

const confirmed = ({ planId, digest }: typeof PlanConfirmation.$inferInput): Confirmation => ({
  planId: requireId('RunPlan', planId, ['plan', 'planId']),
  digest,
});

const StitchFilmInput = builder.inputType('StitchFilmInput', {
  description: 'Which project to stitch, and how.',
  fields: (t) => ({
    projectId: projectField(t),
    crossfadeSeconds: crossfadeField(t),
    priority: priorityField(t),
    idempotencyKey: idempotencyField(t),
  }),
});

const StitchFilmPayload = builder.objectRef<{ run: PipelineRun }>('StitchFilmPayload').implement({
  description: 'The run that stitches, queued.',
  fields: (t) => ({
    run: t.field({ type: PipelineRunNode, description: 'As it was queued.', resolve: ({ run }) => run }),
  }),
});

builder.mutationField('stitchFilm', (t) =>
  t.field({
    type: StitchFilmPayload,
    description: 'Launches a run that stitches the clips that exist into a new film.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'StitchFilmResult', description: 'The queued run, or why there is none.' },
    },
    args: { input: t.arg({ type: StitchFilmInput, description: 'Which project to stitch, and how.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = requireId('Project', input.projectId, ['projectId']);
      const { idempotencyKey = null } = input;
      return { run: await stitchFilm(ctx, { ...input, projectId, idempotencyKey }) };
    },
  }),
);
