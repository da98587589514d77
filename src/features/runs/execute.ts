/** What a worker does with one claimed job. */
import { DomainError, type ErrorCode } from '../../core/errors.ts';
import type { PipelineRun, Prisma } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { advance, startRun } from './advance.ts';
import type { AnyStep, Flows, RunError } from './pipeline.ts';
import { warn } from './run.ts';
import { isWorking, lockRun } from './run-state.ts';

/** A job as a worker claimed it. */
export type ClaimedJob = {
  name: string;
  id: string;
  /** Which attempt this claim is: a stale one is refused by it. */
  retryCount: number;
  data: { runId: string; input: Prisma.InputJsonObject };
};

/** The claim went to another worker; what this one did is thrown away. */
class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

/**
 * Does one step of a run: marks it begun, works outside of any transaction, then commits result,
 * job completion and next jobs together, fenced by the claim.
 *
 * A failure that another try may mend is thrown, so that the queue retries with back-off; any other
 * is written to the rows and the run goes on without this step.
 */
export async function executeStep(
  ctx: Ctx,
  flows: Flows,
  step: AnyStep,
  job: ClaimedJob,
  signal: AbortSignal,
): Promise<void> {
  const { runId, input } = job.data;
  try {
    const prepared = await begin(ctx, step, runId, input);
    const output = prepared === null ? null : await step.work(ctx, prepared, signal);
    await settle(ctx, flows, job, async (tx, run) => {
      if (prepared !== null) await step.finish(tx, ctx, run, input, output);
    });
  } catch (error) {
    if (error instanceof ClaimLost) return;
    // Cancelled, or the worker is stopping: only in the latter case does the queue hand the job out again.
    if (signal.aborted) throw error;
    if (!isPermanent(error) && job.retryCount < step.policy.retryLimit) {
      await recordRetry(ctx, runId, step, error);
      throw error;
    }
    await settle(ctx, flows, job, (tx, run) => failStep(tx, ctx, step, run, input, error));
  }
}

/** Writes a job off that no worker could finish: its step counts as failed and the run goes on. */
export async function abandonStep(
  ctx: Ctx,
  flows: Flows,
  job: Pick<ClaimedJob, 'name' | 'data'>,
): Promise<void> {
  const step = flows.steps.find(({ name }) => name === job.name);
  if (!step) return;
  await ctx.db.$transaction(async (tx) => {
    const run = await lockRun(tx, job.data.runId);
    if (!run || !isWorking(run)) return;
    const crashed = new Error(`Step ${job.name} was given up after too many crashed attempts.`);
    await advance(tx, ctx, flows, await failStep(tx, ctx, step, run, job.data.input, crashed));
  });
}

function begin(ctx: Ctx, step: AnyStep, runId: string, input: Prisma.InputJsonObject): Promise<unknown> {
  return ctx.db.$transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (!run || !isWorking(run)) return null;
    return step.begin(tx, ctx, await startRun(tx, ctx, run), input);
  });
}

/** Run first, job second: the other order deadlocks with a cancel. */
async function settle(
  ctx: Ctx,
  flows: Flows,
  job: ClaimedJob,
  write: (tx: Tx, run: PipelineRun) => Promise<PipelineRun | void>,
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const run = await lockRun(tx, job.data.runId);
    if (!(await ctx.queue.complete(tx, job))) throw new ClaimLost(`job ${job.id}`);
    if (!run || !isWorking(run)) return;
    const changed = await write(tx, run);
    await advance(tx, ctx, flows, changed ?? run);
  });
}

/** @returns the run with the failure written on it, for the next plan to see. */
async function failStep(
  tx: Tx,
  ctx: Ctx,
  step: AnyStep,
  run: PipelineRun,
  input: Prisma.InputJsonObject,
  cause: unknown,
): Promise<PipelineRun> {
  const error = toRunError(run, cause);
  await step.fail(tx, ctx, run, input, error);
  return tx.pipelineRun.update({
    where: { id: run.id },
    data: { errorStage: error.stage, errorCode: error.code, errorMessage: error.message },
  });
}

/** A DomainError is a verdict, the same tomorrow; anything else may be a passing fault. */
const isPermanent = (error: unknown) => error instanceof DomainError;

function toRunError(run: PipelineRun, cause: unknown): RunError {
  return { stage: run.stage ?? 'STORYBOARD', code: codeOf(cause), message: messageOf(cause), cause };
}

/** What the system says of a full disk, whichever layer met it. */
const DISK_FULL = /ENOSPC|no space left on device/i;

function codeOf(cause: unknown): ErrorCode {
  if (DISK_FULL.test(messageOf(cause))) return 'INSUFFICIENT_DISK';
  return cause instanceof DomainError ? cause.code : 'INTERNAL';
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function recordRetry(ctx: Ctx, runId: string, step: AnyStep, error: unknown): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run)
      await warn(tx, ctx.actor, run, `Step ${step.name} failed and is tried again: ${messageOf(error)}`);
  });
}
