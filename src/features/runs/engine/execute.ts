/** What a worker does with one claimed job. */
import { DomainError } from '../../../core/errors.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { StorageAway, StorageMissed } from '../../../platform/storage/storage-away.ts';
import { ProviderError } from '../../../providers/provider-error.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { AnswerMissing } from '../../budget/outcome-unknown.ts';
import { OverBudget } from '../../budget/over-budget.ts';
import { actFor } from './act-for.ts';
import { advance } from './advance.ts';
import { askFirst } from './ask-models.ts';
import { beginStep } from './begin-step.ts';
import { awaitAnswer, discard, giveUp, hold, postpone, tryAgain } from './instead.ts';
import type { ClaimedJob } from './job.ts';
import { nextTryOf } from './next-try.ts';
import type { Flows } from './pipeline.ts';
import { Postponed } from './postponed.ts';
import { isWorking, NO_ERROR } from '../run-state.ts';
import { lockRun } from '../run.sql.ts';
import type { AnyStep } from './step.ts';
import { endWait } from './step-wait.ts';
import { store } from './store.ts';
import { openProgress } from './tell-progress.ts';
import { runStates } from '../run-states.ts';

/**
 * What became of a step that was worked on: `DONE`; `POSTPONED` to when it may go on, or is tried again after a failure
 * (`TRIED_AGAIN`); `HELD` by a cap; `GIVEN_UP` for good; `DISCARDED`, for nobody here can read what its job asks.
 */
export type StepOutcome = 'DONE' | 'POSTPONED' | 'TRIED_AGAIN' | 'HELD' | 'GIVEN_UP' | 'DISCARDED';

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
  claimed: ClaimedJob,
  signal: AbortSignal,
  onFailure: (error: unknown) => void = () => {},
): Promise<StepOutcome> {
  const input = step.input.safeParse(claimed.data.input);
  if (!input.success) {
    onFailure(input.error);
    return as('DISCARDED', discard(ctx, flows, step, claimed));
  }
  const job = { ...claimed, data: { ...claimed.data, input: input.data } };
  let goods: unknown = null;
  try {
    await askFirst(ctx, step, job.data);
    const prepared = await beginStep(ctx, step, job.data);
    const output = prepared === null ? null : await doWork(ctx, flows, step, job, prepared, signal);
    if (isBought(step, prepared)) goods = output;
    await store(() => finish(ctx, flows, step, job, prepared, output), goods !== null);
    return 'DONE';
  } catch (error) {
    if (error instanceof Postponed) return as('POSTPONED', postpone(ctx, job, error));
    if (error instanceof AnswerMissing && !job.data.hasAwaitedAnswer)
      return as('POSTPONED', awaitAnswer(ctx, job));
    if (error instanceof OverBudget) return as('HELD', hold(ctx, flows, job, error));
    if (goods === null && signal.aborted) throw error;
    onFailure(error);
    // What was paid for and cannot be written is not asked for again. Where not even that can be written, the next
    // claim finds an open intent.
    const next = goods === null && mayPass(error) ? nextTryOf(step.retryPolicy, job.data, error) : null;
    if (next) return as('TRIED_AGAIN', tryAgain(ctx, step, job, error, next));
    return as('GIVEN_UP', giveUp(ctx, flows, step, job, { error, goods, wasWorthTrying: mayPass(error) }));
  }
}

async function doWork(
  ctx: Ctx,
  flows: Flows,
  step: AnyStep,
  { data: { runId } }: ClaimedJob,
  prepared: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const progress = openProgress(ctx, flows, runId);
  try {
    return await step.work(ctx, prepared, signal, progress.tell);
  } finally {
    await progress.end();
  }
}

async function as(outcome: StepOutcome, work: Promise<unknown>): Promise<StepOutcome> {
  await work;
  return outcome;
}

/** Whether the work bought something: its result is kept even if it comes late. */
const isBought = ({ buys }: AnyStep, prepared: unknown): boolean =>
  prepared !== null && buys !== undefined && !buys.isFree?.(prepared);

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
      if (!isBought(step, prepared)) return;
      await step.buys?.acceptLate(tx, own, run, prepared, output);
      if (isWorking(run)) await advance(tx, own, flows, await forgetUnknown(tx, own, run));
      return;
    }
    await endWait(tx, job.data);
    if (prepared !== null) await step.finish(tx, own, run, input, output);
    // An answer to a purchase may have refused all others.
    const after = step.buys?.ask && prepared !== null ? await lockRun(tx, runId) : run;
    await advance(tx, own, flows, after ?? run);
  });
}

/** A run that failed for want of an answer, which has come, may go on. */
async function forgetUnknown(tx: Tx, { actor }: Ctx, run: PipelineRun): Promise<PipelineRun> {
  if (run.errorCode !== 'OUTCOME_UNKNOWN') return run;
  return runStates.change(tx, actor, run, NO_ERROR, { message: 'The answer that was missed has come.' });
}
