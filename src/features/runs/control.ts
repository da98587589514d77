/** What a person may do to a run that is on its way. */
import { DomainError } from '../../core/errors.ts';
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Cap } from '../budget/cap.ts';
import { advance } from './engine/advance.ts';
import { capRun } from './engine/cap-run.ts';
import type { Flows } from './engine/pipeline.ts';
import { runStates } from './run-states.ts';
import { isHeld } from './engine/hold.ts';
import { isEnded, isWorking, NO_ERROR } from './run-state.ts';
import { subjectOf } from './run-subject.ts';
import { lockRun } from './run.sql.ts';
import { stopWork } from './engine/stop-work.ts';
import { isOwn } from '../../platform/database/owned.ts';

type Which = { runId: string };

/**
 * Ends a live run: queued work never starts, work in progress is stopped, what is finished stays.
 *
 * One transaction. The workers that are on it see its event and abort at once. Cancelling an ended
 * run changes nothing and returns it as it is.
 *
 * @throws {DomainError} `NOT_FOUND` if the run is absent or not the actor's.
 */
export const cancel = (ctx: Ctx, flows: Flows, which: Which): Promise<PipelineRun> =>
  ctx.db.$transaction((tx) => cancelWithin(tx, ctx, flows, which));

/** The same, within `tx`. */
export async function cancelWithin(tx: Tx, ctx: Ctx, flows: Flows, { runId }: Which): Promise<PipelineRun> {
  const run = await lockRunOf(tx, ctx.actor, runId);
  if (isEnded(run.status)) return run;
  const completedAt = new Date();
  const startedAt = run.startedAt ?? completedAt;
  const totalDurationSeconds = (completedAt.getTime() - startedAt.getTime()) / 1_000;
  const end = { completedAt, totalDurationSeconds };
  const ended = await runStates.move(tx, ctx.actor, run, 'CANCELLED', { message: 'Cancelled.' }, end);
  await stopWork(tx, ctx, flows, ended);
  return ended;
}

/**
 * Stops a live run so that it can go on later: queued work does not start, work in progress is stopped and will be
 * done again; what was bought of a provider stays bought and is asked about after the resume.
 *
 * Pausing a paused run changes nothing.
 *
 * @throws {DomainError} `NOT_FOUND` if the run is absent or not the actor's; `RUN_ENDED`.
 */
export const pause = (ctx: Ctx, flows: Flows, which: Which): Promise<PipelineRun> =>
  ctx.db.$transaction((tx) => pauseWithin(tx, ctx, flows, which));

/** The same, within `tx`. */
export async function pauseWithin(tx: Tx, ctx: Ctx, flows: Flows, { runId }: Which): Promise<PipelineRun> {
  const run = await lockRunOf(tx, ctx.actor, runId);
  refuseEnded(run);
  if (run.status === 'PAUSED') return run;
  // What a person pauses goes on at that person's word, not when a cap is raised.
  const forgotten = isHeld(run) ? NO_ERROR : {};
  const paused = await runStates.move(tx, ctx.actor, run, 'PAUSED', { message: 'Paused.' }, forgotten);
  await stopWork(tx, ctx, flows, paused);
  return paused;
}

/** A run to be resumed. */
export type Resumption = Which & {
  /** Most it may cost from now on, in cents; what it had stays unless given. */
  maxCostCents?: Cap | undefined;
  /** What the log says of it, where no person asked. */
  why?: string;
};

/**
 * Lets a paused run go on from what its rows say is done; failed steps get another chance. A new cap holds before
 * anything more is bought.
 *
 * Resuming a run that is at work changes nothing else, unless a cap holds it: it then tries to buy again.
 *
 * @throws {DomainError} `NOT_FOUND` if the run is absent or not the actor's; `RUN_ENDED`.
 */
export const resume = (ctx: Ctx, flows: Flows, resumption: Resumption): Promise<PipelineRun> =>
  ctx.db.$transaction((tx) => resumeWithin(tx, ctx, flows, resumption));

/** The same, within `tx`. */
export async function resumeWithin(
  tx: Tx,
  ctx: Ctx,
  flows: Flows,
  { runId, maxCostCents, why = 'Resumed.' }: Resumption,
): Promise<PipelineRun> {
  const found = await lockRunOf(tx, ctx.actor, runId);
  refuseEnded(found);
  const run = maxCostCents === undefined ? found : await capRun(tx, ctx.actor, found, maxCostCents);
  if (isWorking(run) && !isHeld(run)) return run;
  const { actor } = ctx;
  const ready = isWorking(run)
    ? await runStates.change(tx, actor, run, NO_ERROR, { message: why })
    : await runStates.move(tx, actor, run, 'QUEUED', { message: why }, CLEAN);
  if (!isWorking(run)) await flows.pipelines[run.kind].pickUp(tx, ctx, ready);
  await advance(tx, ctx, flows, ready);
  return tx.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
}

/** What a run forgets that gets another chance: why it had none, for the plan would see it, and how far it was. */
const CLEAN = { stage: null, ...NO_ERROR };

/**
 * Finds a run of the actor's and holds it until `tx` ends.
 *
 * @throws {DomainError} `NOT_FOUND` if it is absent or not the actor's.
 */
export async function lockRunOf(tx: Tx, actor: Actor, runId: string): Promise<PipelineRun> {
  const run = await lockRun(tx, runId);
  if (run && isOwn(actor, run)) return run;
  throw new DomainError('NOT_FOUND', 'No such run.', { path: ['runId'] });
}

function refuseEnded(run: PipelineRun): void {
  if (!isEnded(run.status)) return;
  const subject = subjectOf(run).type.toLowerCase();
  const message = `The run has ended (${run.status}); launch another one on its ${subject}.`;
  throw new DomainError('RUN_ENDED', message, { path: ['runId'] });
}
