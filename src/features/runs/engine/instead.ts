/** What takes the place of a claimed job whose step was not finished. */
import { DomainError } from '../../../core/errors.ts';
import { messageOf } from '../../../core/outside-text.ts';
import type { PipelineRun, Prisma } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { OutcomeUnknown } from '../../budget/outcome-unknown.ts';
import type { OverBudget } from '../../budget/over-budget.ts';
import { isClosed } from '../../budget/reservation.ts';
import { actFor } from './act-for.ts';
import { advance, sendStep } from './advance.ts';
import { failStep } from './fail-step.ts';
import { holdRun, isStillOver } from './hold.ts';
import type { ClaimedJob } from './job.ts';
import { attemptOf, type NextTry } from './next-try.ts';
import type { Flows } from './pipeline.ts';
import { Postponed } from './postponed.ts';
import { isWorking } from '../run-state.ts';
import { lockRun } from '../run.sql.ts';
import { warn } from '../run.ts';
import type { AnyStep } from './step.ts';
import { endWait, recordWait } from './step-wait.ts';

/** The same step when it may go on. */
export async function postpone(ctx: Ctx, job: ClaimedJob, { at: until, why }: Postponed): Promise<void> {
  const delaySeconds = Math.max(0, (until.getTime() - Date.now()) / 1_000);
  const { priority, name: step, data } = job;
  const { hasAwaitedAnswer } = data;
  const attempt = attemptOf(data);
  await replaceJob(ctx, job, async (tx, own, run) => {
    if (why) await recordWait(tx, own, run, { step, key: data.key, until, ...why });
    const isHeld = why !== null || data.isHeld === true;
    const memory = { attempt, isHeld, hasAwaitedAnswer };
    await sendStep(tx, own, run, { step, ...data }, { delaySeconds, priority, ...memory });
  });
}

/** Longer than a process needs to store an answer once its database is back (`throughOutages`); ours. */
const ANSWER_MILLISECONDS = 5_000;

/** The same step in a while: another process may be about to store the answer to an earlier call for the same. */
export const awaitAnswer = (ctx: Ctx, job: ClaimedJob): Promise<void> =>
  postpone(
    ctx,
    { ...job, data: { ...job.data, hasAwaitedAnswer: true } },
    new Postponed(new Date(Date.now() + ANSWER_MILLISECONDS)),
  );

/** No cap has room for what the step would buy: the run buys nothing more until one has. */
export async function hold(ctx: Ctx, flows: Flows, job: ClaimedJob, error: OverBudget): Promise<void> {
  await replaceJob(ctx, job, async (tx, own, run) => {
    if (await isStillOver(tx, error)) await advance(tx, own, flows, await holdRun(tx, own, run, error));
    else await sendStep(tx, own, run, { step: job.name, ...job.data }, { priority: job.priority });
  });
}

/** The same step after a while: its failure may pass. */
export async function tryAgain(
  ctx: Ctx,
  step: AnyStep,
  job: ClaimedJob,
  error: unknown,
  next: NextTry,
): Promise<void> {
  const { name, retryPolicy } = step;
  const { data, priority } = job;
  const { delaySeconds, waitingSince } = next;
  const details = { step: name, attempt: attemptOf(data), tries: retryPolicy.limit, delaySeconds };
  await replaceJob(ctx, job, async (tx, own, run) => {
    await step.retry?.(tx, own, run, data.input);
    const isHeld = waitingSince !== undefined;
    const tried = isHeld ? '' : ` (try ${details.attempt} of ${details.tries})`;
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

export type Failure = {
  error: unknown;
  /** What was paid for and could not be kept, if that is what failed; else null. */
  goods: unknown;
  /** Whether a further try might have mended it: it is kept as a dead letter then. */
  wasWorthTrying: boolean;
};

/** Nothing: the step has failed for good, and the run goes on without it; unless the answer it was said to lack has come after all. */
export async function giveUp(
  ctx: Ctx,
  flows: Flows,
  step: AnyStep,
  job: ClaimedJob,
  { error, goods, wasWorthTrying }: Failure,
): Promise<void> {
  await replaceJob(ctx, job, async (tx, own, run) => {
    if (error instanceof OutcomeUnknown && (await isAnswered(tx, step, error, job.data.input)))
      return advance(tx, own, flows, run);
    if (goods !== null) await step.buys?.bill(tx, own, run, job.data.input, goods);
    const letter = wasWorthTrying ? { attempts: attemptOf(job.data) } : null;
    await advance(tx, own, flows, await failStep(tx, own, step, run, job.data, error, letter));
  });
}

/** Whether somebody else has stored meanwhile what was said to be unknown. */
const isAnswered = async (
  tx: Tx,
  { buys }: AnyStep,
  { operationKey }: OutcomeUnknown,
  input: Prisma.InputJsonObject,
): Promise<boolean> => (await isClosed(tx, operationKey)) || ((await buys?.hasAnswer?.(tx, input)) ?? false);

/** What the rows say comes next: what the job asks cannot be read by this version. */
export async function discard(ctx: Ctx, flows: Flows, { name }: AnyStep, job: ClaimedJob): Promise<void> {
  await replaceJob(ctx, job, async (tx, own, run) => {
    const message = `A job of step ${name} could not be read, and is replaced by what the rows say comes next.`;
    await warn(tx, own.actor, run, message, { step: name, key: job.data.key });
    await advance(tx, own, flows, run);
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
  const input = step.input.safeParse(job.data.input);
  await recordTogether(ctx.db, async (tx) => {
    const run = await lockRun(tx, job.data.runId);
    if (!run || !isWorking(run)) return;
    const crashed = new Error(`Step ${job.name} was given up after too many crashed attempts.`);
    const letter = { attempts: job.retryCount + 1 };
    const own = actFor(ctx, run);
    if (!input.success) return advance(tx, own, flows, run);
    const data = { ...job.data, input: input.data };
    await advance(tx, own, flows, await failStep(tx, own, step, run, data, crashed, letter));
  });
}
