/** The engine's one decision: look at the rows, enqueue what comes next. */
import { percentOf, upTo } from '../../../core/stages/stages.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { runStates } from '../run-states.ts';
import type { StepData } from './job.ts';
import type { Flows, Pipeline, NextSteps } from './pipeline.ts';
import type { StepCall } from './step.ts';
import { isWorking } from '../run-state.ts';
import { stopWork } from './stop-work.ts';

/**
 * Moves a run on as far as its rows allow and enqueues its next jobs, all within `tx`.
 *
 * Idempotent: launch, resume, every finished step and every recovery call it; a job that already
 * waits or runs is not enqueued twice. The caller holds the run's lock.
 */
export async function advance(tx: Tx, ctx: Ctx, flows: Flows, run: PipelineRun): Promise<void> {
  if (!isWorking(run)) return;
  const pipeline = flows.pipelines[run.kind];
  const plan = await pipeline.plan(tx, run);
  if (plan.kind === 'END') {
    await endRun(tx, ctx, pipeline, run, plan);
    return;
  }
  if (plan.kind === 'PAUSE') {
    await pauseHeld(tx, ctx, flows, run);
    return;
  }
  await showProgress(tx, ctx, pipeline, run, plan);
  for (const [rank, call] of plan.steps.entries()) await sendStep(tx, ctx, run, call, { rank });
}

/** Priority of a batch run's first step, and what a person's run has before it. Higher ones are claimed first. */
const BATCH_PRIORITY = 0;
const INTERACTIVE_LEAD = 1_000;

export type SendStepOptions = {
  rank?: number;
  delaySeconds?: number;
  attempt?: number | undefined;
  waitingSince?: string | undefined;
  /** Whether a wait of it is on record. */
  isHeld?: boolean | undefined;
  hasAwaitedAnswer?: boolean | undefined;
  /** Of the job in whose place it comes: it keeps its turn. */
  priority?: number;
};

/**
 * Enqueues a step of a run within `tx`, unless it waits or runs already.
 *
 * A run's first step that is ready goes before every run's second one: one of many steps
 * cannot keep another waiting. `rank` is its place among those that are ready, from 0.
 */
export async function sendStep(
  tx: Tx,
  ctx: Ctx,
  { id: runId, priority }: Pick<PipelineRun, 'id' | 'priority'>,
  { step, key, input }: StepCall,
  { rank = 0, delaySeconds, priority: kept, ...memory }: SendStepOptions,
): Promise<void> {
  const data: StepData = { runId, key, input, ...memory };
  await ctx.queue.send(tx, step, `${runId}:${key}`, data, {
    priority: kept ?? (priority === 'BATCH' ? BATCH_PRIORITY : INTERACTIVE_LEAD) - rank,
    ...(delaySeconds !== undefined && { delaySeconds }),
  });
}

type GoPlan = Extract<NextSteps, { kind: 'GO' }>;
type EndPlan = Extract<NextSteps, { kind: 'END' }>;

async function showProgress(
  tx: Tx,
  ctx: Ctx,
  pipeline: Pipeline,
  run: PipelineRun,
  plan: GoPlan,
): Promise<void> {
  const { stage } = plan;
  const asked = upTo(pipeline.stages, run.stopAfter);
  const percent = Math.max(run.percent, percentOf(asked, plan.done));
  if (run.stage === stage && run.percent === percent) return;
  const moved = await runStates.change(tx, ctx.actor, run, { stage, percent }, { message: plan.message });
  if (run.stage !== stage) await pipeline.reflect(tx, ctx, moved);
}

/** Starts the clock of a run whose first step was claimed. */
export async function startRun(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<PipelineRun> {
  if (run.status !== 'QUEUED') return run;
  const clock = { startedAt: run.startedAt ?? new Date() };
  return runStates.move(tx, ctx.actor, run, 'RUNNING', { message: 'Started.' }, clock);
}

async function pauseHeld(tx: Tx, ctx: Ctx, flows: Flows, run: PipelineRun): Promise<void> {
  const message = `Paused. ${run.errorMessage ?? ''}`.trim();
  const paused = await runStates.move(tx, ctx.actor, run, 'PAUSED', { message });
  await stopWork(tx, ctx, flows, paused);
}

async function endRun(tx: Tx, ctx: Ctx, pipeline: Pipeline, run: PipelineRun, plan: EndPlan): Promise<void> {
  const ready = await startRun(tx, ctx, run);
  const completedAt = new Date();
  const end = {
    completedAt,
    totalDurationSeconds: secondsBetween(ready.startedAt, completedAt),
    ...(plan.status === 'FAILED' ? {} : { percent: 100 }),
    ...(plan.error && {
      errorStage: plan.error.stage,
      errorCode: plan.error.code,
      errorMessage: plan.error.message,
    }),
  };
  const ended = await runStates.move(tx, ctx.actor, ready, plan.status, { message: plan.message }, end);
  await pipeline.reflect(tx, ctx, ended);
}

const secondsBetween = (start: Date | null, end: Date) => (end.getTime() - (start ?? end).getTime()) / 1_000;
