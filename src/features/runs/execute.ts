/** What a worker does with one claimed job. */
import { DomainError } from '../../core/errors.ts';
import { messageOf } from '../../core/outside-text.ts';
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { StorageAway, StorageMissed } from '../../platform/storage/storage-away.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import { recordTogether } from '../audit/audit.ts';
import { OverBudget } from '../budget/over-budget.ts';
import { actFor } from './act-for.ts';
import { advance, sendStep } from './advance.ts';
import { askFirst } from './ask-models.ts';
import { beginStep } from './begin-step.ts';
import { failStep, type StepData } from './fail-step.ts';
import { holdRun, isStillOver } from './hold.ts';
import { attemptOf, type NextTry, nextTryOf } from './next-try.ts';
import { type AnyStep, type Flows, NotYet } from './pipeline.ts';
import { warn } from './run.ts';
import { isWorking, NO_ERROR } from './run-state.ts';
import { lockRun } from './run.sql.ts';
import { endWait, recordWait } from './step-wait.ts';
import { store } from './store.ts';

/** A job as a worker claimed it. */
export type ClaimedJob = {
  name: string;
  id: string;
  /** Which claim this is: a stale one is refused by it. */
  retryCount: number;
  /** Higher ones are claimed first. */
  priority: number;
  data: StepData;
};

/**
 * What became of a step that was worked on: `DONE`; `POSTPONED` to when it may go on, or is tried again after a failure
 * (`TRIED_AGAIN`); `HELD` by a cap; `GIVEN_UP` for good.
 */
export type StepOutcome = 'DONE' | 'POSTPONED' | 'TRIED_AGAIN' | 'HELD' | 'GIVEN_UP';

/**
 * Does one step of a run: marks it begun, works outside of any transaction, then commits result,
 * job completion and next jobs together, fenced by the claim.
 *
 * A failure that another try may mend leads to one, after a while; any other is written to the rows
 * and the run goes on without this step. Throws only when the work was stopped: the queue then hands
 * it out again, if the run still wants it.
 *
 * @param onFailure is told what failed as it is: rows and events have only what everybody may read of it.
 */
export async function executeStep(
  ctx: Ctx,
  flows: Flows,
  step: AnyStep,
  job: ClaimedJob,
  signal: AbortSignal,
  onFailure: (error: unknown) => void = () => {},
): Promise<StepOutcome> {
  let goods: unknown = null;
  try {
    await askFirst(ctx, step, job.data);
    const prepared = await beginStep(ctx, step, job.data);
    const output = prepared === null ? null : await step.work(ctx, prepared, signal);
    if (isPurchase(step, prepared)) goods = output;
    await store(() => finish(ctx, flows, step, job, prepared, output), goods !== null);
    return 'DONE';
  } catch (error) {
    if (error instanceof NotYet) return as('POSTPONED', postpone(ctx, job, error));
    if (error instanceof OverBudget) return as('HELD', hold(ctx, flows, job, error));
    if (goods === null && signal.aborted) throw error;
    onFailure(error);
    // What was paid for and cannot be written is not asked for again. Where not even that can be written, the next
    // claim finds an open intent.
    if (goods !== null) return as('GIVEN_UP', giveUp(ctx, flows, step, job, error, goods));
    const next = mayPass(error) ? nextTryOf(step.tries, job.data, error) : null;
    if (next) return as('TRIED_AGAIN', tryAgain(ctx, step, job, error, next));
    return as('GIVEN_UP', giveUp(ctx, flows, step, job, error));
  }
}

async function as(outcome: StepOutcome, work: Promise<unknown>): Promise<StepOutcome> {
  await work;
  return outcome;
}

/** Whether the work buys something: its result is kept even if it comes late. */
const isPurchase = (step: AnyStep, prepared: unknown): boolean =>
  prepared !== null && step.late !== undefined && !step.isFree?.(prepared);

/** Whether the same step may succeed later. A verdict stays the same; an unknown outcome is not asked for twice. */
function mayPass(error: unknown): boolean {
  if (error instanceof ProviderError) return error.outcome === 'NOT_ACCEPTED' || error.outcome === 'IN_VAIN';
  return error instanceof StorageAway || error instanceof StorageMissed || !(error instanceof DomainError);
}

async function finish(
  ctx: Ctx,
  flows: Flows,
  step: AnyStep,
  job: ClaimedJob,
  prepared: unknown,
  output: unknown,
): Promise<void> {
  const { runId, input } = job.data;
  await recordTogether(ctx.db, async (tx) => {
    const run = await lockRun(tx, runId);
    const isOurs = await ctx.queue.complete(tx, job);
    if (!run) return;
    const own = actFor(ctx, run);
    if (!isOurs || !isWorking(run)) {
      if (!isPurchase(step, prepared)) return;
      await step.late?.(tx, own, run, prepared, output);
      if (isWorking(run)) await advance(tx, own, flows, await forgetUnknown(tx, run));
      return;
    }
    await endWait(tx, job.data);
    if (prepared !== null) await step.finish(tx, own, run, input, output);
    // An answer to a purchase may have refused all others.
    const after = step.ask && prepared !== null ? await lockRun(tx, runId) : run;
    await advance(tx, own, flows, after ?? run);
  });
}

/** A run that failed for want of an answer, which has come, may go on. */
async function forgetUnknown(tx: Tx, run: PipelineRun): Promise<PipelineRun> {
  if (run.errorCode !== 'OUTCOME_UNKNOWN') return run;
  return tx.pipelineRun.update({ where: { id: run.id }, data: NO_ERROR });
}

async function postpone(ctx: Ctx, job: ClaimedJob, { at: until, why }: NotYet): Promise<void> {
  const delaySeconds = Math.max(0, (until.getTime() - Date.now()) / 1_000);
  const { priority, name: step, data } = job;
  const attempt = attemptOf(data);
  await replaceJob(ctx, job, async (tx, own, run) => {
    if (why) await recordWait(tx, own, run, { step, key: data.key, until, ...why });
    const isHeld = why !== null || data.isHeld === true;
    await sendStep(tx, own, run, { step, ...data }, { delaySeconds, priority, attempt, isHeld });
  });
}

/** No cap has room for what the step would buy: the run buys nothing more until one has. */
async function hold(ctx: Ctx, flows: Flows, job: ClaimedJob, error: OverBudget): Promise<void> {
  await replaceJob(ctx, job, async (tx, own, run) => {
    if (await isStillOver(tx, run, error)) await advance(tx, own, flows, await holdRun(tx, own, run, error));
    else await sendStep(tx, own, run, { step: job.name, ...job.data }, { priority: job.priority });
  });
}

async function tryAgain(
  ctx: Ctx,
  step: AnyStep,
  job: ClaimedJob,
  error: unknown,
  next: NextTry,
): Promise<void> {
  const { name, tries } = step;
  const { data, priority } = job;
  const { delaySeconds, waitingSince } = next;
  const details = { step: name, attempt: attemptOf(data), tries: tries.limit, delaySeconds };
  await replaceJob(ctx, job, async (tx, own, run) => {
    await step.again?.(tx, own, run, data.input);
    const isHeld = waitingSince !== undefined;
    const tried = isHeld ? '' : ` (try ${details.attempt} of ${tries.limit})`;
    const message = `Step ${name} failed${tried} and is tried again in ${delaySeconds} s: ${messageOf(error)}`;
    await warn(tx, own.actor, run, message, details);
    if (isHeld && error instanceof DomainError) {
      const until = new Date(Date.now() + delaySeconds * 1_000);
      const why = { code: error.code, reason: error.message };
      await recordWait(tx, own, run, { step: name, key: data.key, until, ...why });
    } else await endWait(tx, data);
    await sendStep(tx, own, run, { step: name, ...data }, { ...next, priority, isHeld });
  });
}

/** @param goods what was paid for and could not be kept, if that is what failed. */
async function giveUp(
  ctx: Ctx,
  flows: Flows,
  step: AnyStep,
  job: ClaimedJob,
  error: unknown,
  goods: unknown = null,
): Promise<void> {
  await replaceJob(ctx, job, async (tx, own, run) => {
    if (goods !== null) await step.bill?.(tx, own, run, job.data.input, goods);
    const wasWorthTrying = mayPass(error);
    const letter = wasWorthTrying ? { attempts: attemptOf(job.data) } : null;
    await advance(tx, own, flows, await failStep(tx, own, step, run, job.data, error, letter));
  });
}

/** Ends the claimed job and writes what takes its place, if the claim still holds and the run goes on. Run first, job second: the other order deadlocks with a cancel. */
async function replaceJob(
  ctx: Ctx,
  job: ClaimedJob,
  write: (tx: Tx, own: Ctx, run: PipelineRun) => Promise<void>,
): Promise<void> {
  await recordTogether(ctx.db, async (tx) => {
    const run = await lockRun(tx, job.data.runId);
    const isOurs = await ctx.queue.complete(tx, job);
    if (isOurs && run && isWorking(run)) await write(tx, actFor(ctx, run), run);
  });
}

/** Writes a job off during which too many processes died: its step counts as failed and the run goes on. */
export async function abandonStep(
  ctx: Ctx,
  flows: Flows,
  job: Pick<ClaimedJob, 'name' | 'data' | 'retryCount'>,
): Promise<void> {
  const step = flows.steps.find(({ name }) => name === job.name);
  if (!step) return;
  await recordTogether(ctx.db, async (tx) => {
    const run = await lockRun(tx, job.data.runId);
    if (!run || !isWorking(run)) return;
    const crashed = new Error(`Step ${job.name} was given up after too many crashed attempts.`);
    const letter = { attempts: job.retryCount + 1 };
    const own = actFor(ctx, run);
    await advance(tx, own, flows, await failStep(tx, own, step, run, job.data, crashed, letter));
  });
}
