import type { ErrorCode } from '../../core/errors.ts';
import { idAmong } from '../../core/scopes.ts';
import { CapKind, RunKind, RunPriority, RunStage, RunStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { ErrorCodeEnum } from '../../graphql/errors.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { ChangeEvent } from '../audit/event.graphql.ts';
import { ChangeEventConnection, pageOfEvents } from '../audit/events.graphql.ts';
import { ofScope } from '../audit/log/log-filter.ts';
import { readNow } from '../audit/live/read-now.ts';
import { isHeld } from './engine/hold.ts';
import { runScope } from './run-subject.ts';
import { visibleRuns } from './run.ts';

const CapKindEnum = prismaEnum('CapKind', CapKind, 'CostCap');
export const RunKindEnum = prismaEnum('RunKind', RunKind);
export const RunPriorityEnum = prismaEnum('RunPriority', RunPriority);
export const RunStatusEnum = prismaEnum('RunStatus', RunStatus);
export const RunStageEnum = prismaEnum('RunStage', RunStage);

/** Higher features add what a run works on, what its flow was told, and the films it stitched. */
export const PipelineRunNode = builder.prismaNode('PipelineRun', {
  id: { field: 'id', description: 'Its one id everywhere: `pipeline_run_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleRuns(actor)] }),
  fields: (t) => ({
    workspace: t.relation('workspace'),
    kind: t.expose('kind', { type: RunKindEnum }),
    status: t.expose('status', { type: RunStatusEnum }),
    priority: t.expose('priority', { type: RunPriorityEnum }),
    stage: t.expose('stage', { type: RunStageEnum, nullable: true }),
    percent: t.exposeFloat('percent'),
    stopAfter: t.expose('stopAfter', { type: RunStageEnum, nullable: true }),
    idempotencyKey: t.exposeString('idempotencyKey', { nullable: true }),
    attempt: t.exposeInt('attempt'),
    estimatedCostMicroUsd: t.field({
      type: 'SafeInt',
      description: 'Cost expected at launch, in micro-USD (1 cent = 10,000).',
      resolve: (run) => Number(run.estimatedCostMicroUsd),
    }),
    errorStage: t.expose('errorStage', { type: RunStageEnum, nullable: true }),
    errorCode: t.field({
      type: ErrorCodeEnum,
      nullable: true,
      description: 'Code of the failure.',
      resolve: (run) => run.errorCode as ErrorCode | null,
    }),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    heldByCap: t.field({
      type: CapKindEnum,
      nullable: true,
      description:
        'Cap that has no room for its next call: it finishes what is on its way, is then paused, and goes on when the cap is raised. Null while none holds it.',
      resolve: (run) => (isHeld(run) ? run.heldByCap : null),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true }),
    totalDurationSeconds: t.exposeFloat('totalDurationSeconds', { nullable: true }),
    version: t.exposeInt('version'),
    events: t.connection(
      {
        type: ChangeEvent,
        description: 'What the log tells of it, oldest first.',
        resolve: (run, args, ctx, info) => pageOfEvents(ctx, info, args, ofScope(runScope(run.id))),
      },
      ChangeEventConnection,
    ),
  }),
});

builder.interfaceField(ChangeEvent, 'run', (t) =>
  t.prismaField({
    type: PipelineRunNode,
    nullable: true,
    description: 'Run that caused it, as it is now; null if none did, or it is deleted.',
    resolve: readNow('PipelineRun', visibleRuns, ({ scopes }) => idAmong(scopes, 'PipelineRun')),
  }),
);
