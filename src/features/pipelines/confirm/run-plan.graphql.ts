import { requireId } from '../../../core/ids.ts';
import type { RunPlan } from '../../../generated/prisma/client.ts';
import { REMEMBERED } from '../../idempotency/forget-keys.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../../graphql/errors.ts';
import { RunStageEnum } from '../../runs/run.graphql.ts';
import { FilmEstimateType } from './estimate.graphql.ts';
import type { FilmEstimate } from './film-estimate.ts';
import { projectField, stopAfterField } from './launch-fields.graphql.ts';
import { planRun, visiblePlans } from './run-plan.ts';

const RunPlanNode = builder.prismaNode('RunPlan', {
  id: { field: 'id', description: 'Its one id everywhere: `run_plan_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visiblePlans(actor)] }),
  fields: (t) => ({
    project: t.relation('project'),
    stopAfter: t.expose('stopAfter', { type: RunStageEnum, nullable: true }),
    digest: t.exposeString('digest'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

const PlanRunInput = builder.inputType('PlanRunInput', {
  description: 'Which project to make, and how far.',
  fields: (t) => ({
    projectId: projectField(t),
    stopAfter: stopAfterField(t),
    idempotencyKey: t.string({
      required: false,
      description: `A key of your choice: sent again with the same request, it answers with the same plan, and with what it would cost by now. ${REMEMBERED}`,
    }),
  }),
});

const PlanRunPayload = builder
  .objectRef<{ plan: RunPlan; estimate: FilmEstimate }>('PlanRunPayload')
  .implement({
    description: 'What the run would do and cost; nothing is launched.',
    fields: (t) => ({
      plan: t.field({
        type: RunPlanNode,
        description: 'To be confirmed: give its id and digest to `launchRun`.',
        resolve: ({ plan }) => plan,
      }),
      estimate: t.field({
        type: FilmEstimateType,
        description: 'What it would cost.',
        resolve: ({ estimate }) => estimate,
      }),
    }),
  });

builder.mutationField('planRun', (t) =>
  t.field({
    type: PlanRunPayload,
    description:
      'Says what a run would cost and remembers what that depends on. `launchRun` with the plan refuses with PLAN_STALE if any of it has changed. Launches and costs nothing.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'PlanRunResult', description: 'The plan, or why there is none.' },
    },
    args: { input: t.arg({ type: PlanRunInput, description: 'Which project to make, and how far.' }) },
    resolve: (_root, { input }, ctx) => {
      const projectId = requireId('Project', input.projectId, ['projectId']);
      const { stopAfter = null, idempotencyKey = null } = input;
      return planRun(ctx, { projectId, stopAfter, idempotencyKey });
    },
  }),
);
