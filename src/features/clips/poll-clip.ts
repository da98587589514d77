/** Asking providers about clips they were paid for. No job of the queue: thousands may wait without holding a worker. */
import { messageOf } from '../../core/outside-text.ts';
import type { PipelineRun, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ClipOperation, RemoteClips } from '../../providers/provider.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import { recordTogether } from '../audit/audit.ts';
import type { Outcome } from '../budget/reservation.ts';
import { actFor } from '../runs/act-for.ts';
import { advance } from '../runs/advance.ts';
import { type Flows, NotStored } from '../runs/pipeline.ts';
import { recordRun } from '../runs/record-run.ts';
import { warn } from '../runs/run.ts';
import { isWorking } from '../runs/run-state.ts';
import { lockRun } from '../runs/run.sql.ts';
import { bookClip } from './clip-bill.ts';
import type { DueClip } from './due-clips.sql.ts';
import { requireRemote } from './remote-clips.ts';
import { refuseShot } from './refuse-shot.ts';
import { failShot } from './settle-shot.ts';
import { moveClip } from './video-clip-state.ts';

/** Seconds a claimed poll belongs to its worker; also how long its call may take. */
export const POLL_LEASE_SECONDS = 10;

type Answer =
  | ClipOperation
  /** The provider will not say: whether it charges for the clip, nobody knows. */
  | { state: 'REFUSED'; reason: string }
  | { state: 'UNREACHABLE'; error: ProviderError };

/**
 * Asks about one claimed clip and writes what came back, with the next jobs of its run; a poll that another worker has
 * taken over meanwhile writes nothing.
 */
export async function pollClip(
  ctx: Ctx,
  flows: Flows,
  { clipId, runId, pollCount }: DueClip,
  signal: AbortSignal,
): Promise<void> {
  const clip = await ctx.db.videoClip.findUnique({
    where: { id: clipId },
    include: { scene: { include: { project: true } } },
  });
  if (!clip?.operationName) return;
  const { project, ...scene } = clip.scene;
  const clips = requireRemote(project);
  const answer = await ask(clips, clip.operationName, signal);
  // What a poll almost always says, in one statement: two hundred clips that wait must not keep a processor busy.
  if (answer.state === 'RUNNING' && clip.status === 'POLLING' && pollCount + 1 < clips.maxPolls) {
    await ctx.db.videoClip.updateMany({
      where: { id: clipId, status: 'POLLING', pollCount, nextPollAt: { not: null } },
      data: { pollCount: pollCount + 1, nextPollAt: secondsFromNow(clips.pollSeconds) },
    });
    return;
  }
  const keep = (what: Answer) =>
    recordTogether(ctx.db, async (tx) => {
      const run = await lockRun(tx, runId);
      const now = await tx.videoClip.findUnique({ where: { id: clipId } });
      if (!run || !isWorking(run) || !now || now.pollCount !== pollCount || now.nextPollAt === null) return;
      const own = actFor(ctx, run);
      const isWaiting = await write(tx, own, { run, scene, clip: now, clips }, what);
      if (!isWaiting) await advance(tx, own, flows, run);
    });
  try {
    await keep(answer);
  } catch (error) {
    // It counts as asked all the same: what cannot be written now would be asked for without end.
    const { message } = new NotStored(error);
    await keep({ state: 'UNREACHABLE', error: new ProviderError('NOT_ACCEPTED', message, { cause: error }) });
  }
}

async function ask(clips: RemoteClips, operationName: string, worker: AbortSignal): Promise<Answer> {
  const limit = AbortSignal.timeout((POLL_LEASE_SECONDS - 2) * 1_000);
  try {
    return await clips.poll(operationName, { signal: AbortSignal.any([worker, limit]) });
  } catch (error) {
    if (worker.aborted) throw error;
    if (error instanceof ProviderError && error.outcome === 'REFUSED')
      return { state: 'REFUSED', reason: error.message };
    const passing =
      error instanceof ProviderError
        ? error
        : new ProviderError('NOT_ACCEPTED', messageOf(error), { cause: error });
    return { state: 'UNREACHABLE', error: passing };
  }
}

type Polled = { run: PipelineRun; scene: Scene; clip: VideoClip; clips: RemoteClips };

/** @returns whether nothing has come of it yet. */
async function write(tx: Tx, ctx: Ctx, polled: Polled, answer: Answer): Promise<boolean> {
  const { run, scene, clip, clips } = polled;
  const pollCount = clip.pollCount + 1;
  await tx.videoClip.update({ where: { id: clip.id }, data: { pollCount } });
  await bookAnswer(tx, ctx, polled, answer);
  if (answer.state === 'FILTERED') await refuseShot(tx, ctx, run, polled, answer.reason);
  else if (answer.state === 'FAILED' || answer.state === 'REFUSED')
    await failShot(tx, ctx, run, polled, 'FAILED', answer.reason);
  else if (answer.state === 'DONE') {
    await moveClip(tx, ctx.actor, run, scene, clip, 'POLLING');
    const data = { gcsUri: answer.uri, nextPollAt: null };
    await tx.videoClip.update({ where: { id: clip.id }, data });
  } else if (pollCount >= clips.maxPolls) {
    const reason = `The provider has not finished after ${pollCount} polls; resume to ask again, at no cost.`;
    await failShot(tx, ctx, run, polled, 'TIMED_OUT', reason);
  } else {
    await waitOn(tx, ctx, polled, answer);
    return true;
  }
  return false;
}

/** What an answer says of the clip's price. One that comes too late leaves it set aside: it may still be charged. */
const OUTCOMES: Partial<Record<Answer['state'], Outcome>> = {
  DONE: 'CHARGED',
  FILTERED: 'FREE_OF_CHARGE',
  FAILED: 'NOT_CHARGED',
  REFUSED: 'UNKNOWN',
};

const WORDS: Record<Outcome, string> = {
  CHARGED: 'paid for',
  FREE_OF_CHARGE: 'free of charge',
  NOT_CHARGED: 'not charged',
  UNKNOWN: 'nobody knows whether it is charged',
};

/** Books it, and shows those who follow the run its new bill. */
async function bookAnswer(tx: Tx, { actor }: Ctx, polled: Polled, { state }: Answer): Promise<void> {
  const { run, scene, clip } = polled;
  const outcome = OUTCOMES[state];
  if (!outcome || !(await bookClip(tx, scene, clip, outcome))) return;
  await recordRun(tx, actor, run, run.status, `Clip of scene ${scene.sceneIndex + 1}: ${WORDS[outcome]}.`);
}

async function waitOn(
  tx: Tx,
  ctx: Ctx,
  { run, scene, clip, clips }: Polled,
  answer: Extract<Answer, { state: 'RUNNING' | 'UNREACHABLE' }>,
): Promise<void> {
  let seconds = clips.pollSeconds;
  if (answer.state === 'UNREACHABLE') {
    seconds = Math.max(seconds, answer.error.retryAfterSeconds ?? 0);
    const message = `Scene ${scene.sceneIndex + 1}: the provider could not be asked and is asked again in ${seconds} s: ${answer.error.message}`;
    await warn(tx, ctx.actor, run, message, { clipId: clip.id });
  } else {
    await moveClip(tx, ctx.actor, run, scene, clip, 'POLLING');
  }
  const nextPollAt = secondsFromNow(seconds);
  await tx.videoClip.update({ where: { id: clip.id }, data: { nextPollAt } });
}

const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1_000);
