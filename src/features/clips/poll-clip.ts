/** Asking providers about clips they were paid for. No job of the queue: thousands may wait without holding a worker. */
import { messageOf } from '../../core/outside-text.ts';
import type { PipelineRun, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ClipVerdict } from '../../providers/clip-verdict.ts';
import type { RemoteClips } from '../../providers/provider.ts';
import { isNotThere, ProviderError } from '../../providers/provider-error.ts';
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
import { mayOrderAnew, orderAnew } from './order-anew.ts';
import { requireRemote } from './remote-clips.ts';
import { refuseShot } from './refuse-shot.ts';
import { failShot } from './settle-shot.ts';
import { stopAsking } from './stop-asking.ts';
import { ruleOf } from './verdict-rules.ts';
import { moveClip } from './video-clip-state.ts';

/** Seconds a claimed poll belongs to its worker; also how long its call may take. */
export const POLL_LEASE_SECONDS = 10;

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
  const told = await ask(clips, clip.operationName, signal);
  // What a poll almost always says, in one statement: two hundred clips that wait must not keep a processor busy.
  if (told.verdict === 'STILL_WORKING' && clip.status === 'POLLING' && pollCount + 1 < clips.maxPolls) {
    await ctx.db.videoClip.updateMany({
      where: { id: clipId, status: 'POLLING', pollCount, nextPollAt: { not: null } },
      data: { pollCount: pollCount + 1, nextPollAt: secondsFromNow(clips.pollSeconds) },
    });
    return;
  }
  const keep = (what: ClipVerdict) =>
    recordTogether(ctx.db, async (tx) => {
      const run = await lockRun(tx, runId);
      const now = await tx.videoClip.findUnique({ where: { id: clipId } });
      if (!run || !isWorking(run) || !now || now.pollCount !== pollCount || now.nextPollAt === null) return;
      const own = actFor(ctx, run);
      const isWaiting = await write(tx, own, { run, scene, clip: now, clips }, what);
      if (!isWaiting) await advance(tx, own, flows, run);
    });
  try {
    await keep(told);
  } catch (error) {
    // It counts as asked all the same: what cannot be written now would be asked for without end.
    await keep({ verdict: 'NOT_KNOWN', about: 'ODD', words: new NotStored(error).message });
  }
}

async function ask(clips: RemoteClips, operationName: string, worker: AbortSignal): Promise<ClipVerdict> {
  const limit = AbortSignal.timeout((POLL_LEASE_SECONDS - 2) * 1_000);
  try {
    return await clips.poll(operationName, { signal: AbortSignal.any([worker, limit]) });
  } catch (error) {
    if (worker.aborted) throw error;
    const words = messageOf(error);
    if (!(error instanceof ProviderError))
      return { verdict: 'TRY_AGAIN_LATER', words, retryAfterSeconds: null };
    // To refuse an answer is none about the clip.
    if (isNotThere(error)) return { verdict: 'NOT_KNOWN', about: 'NOT_FOUND', words };
    return { verdict: 'TRY_AGAIN_LATER', words, retryAfterSeconds: error.retryAfterSeconds };
  }
}

type Polled = { run: PipelineRun; scene: Scene; clip: VideoClip; clips: RemoteClips };

/** @returns whether nothing has come of it yet. */
async function write(tx: Tx, ctx: Ctx, polled: Polled, told: ClipVerdict): Promise<boolean> {
  const { run, scene, clip, clips } = polled;
  const pollCount = clip.pollCount + 1;
  const { booked, next } = ruleOf(told, {
    isLast: pollCount >= clips.maxPolls,
    wasDone: clip.doneAt !== null,
    mayOrderAnew: mayOrderAnew(clip),
  });
  await tx.videoClip.update({ where: { id: clip.id }, data: { pollCount } });
  if (booked) await bookVerdict(tx, ctx, polled, booked);
  const words = 'words' in told ? told.words : 'It is still at it.';
  if (told.verdict === 'FILM') {
    await moveClip(tx, ctx.actor, run, scene, clip, 'POLLING');
    const data = { gcsUri: told.uri, doneAt: clip.doneAt ?? new Date(), nextPollAt: null };
    await tx.videoClip.update({ where: { id: clip.id }, data });
  } else if (next === 'SOFTEN') await refuseShot(tx, ctx, run, polled, words);
  else if (next === 'ORDER_ANEW') {
    const waitSeconds = askedWait(told) ?? clips.orderAnewSeconds;
    const status = booked === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED';
    await orderAnew(tx, ctx, run, polled, { status, words, waitSeconds });
  } else if (next === 'FAIL') await failShot(tx, ctx, run, polled, 'FAILED', words);
  else if (next === 'LEAVE_TO_A_PERSON')
    await failShot(tx, ctx, run, polled, 'UNKNOWN', `${words} ${whatToDo(clip)}`);
  else if (next === 'STOP_ASKING')
    await stopAsking(tx, ctx, run, polled, clips, { why: words, isNotThere: isOnTheClip(told) });
  else await waitOn(tx, ctx, polled, told);
  return next === 'ASK_AGAIN';
}

/** Whether it is the provider's word on this clip, and no trouble with asking that any clip may have. */
const isOnTheClip = (told: ClipVerdict): boolean =>
  told.verdict === 'NOT_KNOWN' ? told.about !== 'ODD' : told.verdict !== 'TRY_AGAIN_LATER';

const whatToDo = ({ operationName }: VideoClip) =>
  `Nobody knows what became of operation ${operationName}, nor whether it is charged; look there, then settle it with settleUnknownClip.`;

const BILLS: Readonly<Record<Outcome, string>> = {
  CHARGED: 'paid for',
  FREE_OF_CHARGE: 'free of charge',
  NOT_CHARGED: 'not charged',
  UNKNOWN: 'nobody knows whether it is charged',
};

/** Books it, and shows those who follow the run its new bill. */
async function bookVerdict(
  tx: Tx,
  { actor }: Ctx,
  { run, scene, clip }: Polled,
  outcome: Outcome,
): Promise<void> {
  if (!(await bookClip(tx, scene, clip, outcome))) return;
  await recordRun(tx, actor, run, run.status, `Clip of scene ${scene.sceneIndex + 1}: ${BILLS[outcome]}.`);
}

/** Seconds that the provider asks to wait; null where it does not say. */
const askedWait = (told: ClipVerdict): number | null =>
  'retryAfterSeconds' in told ? told.retryAfterSeconds : null;

/** What came instead of word about the clip, for a person. */
const TROUBLE: Partial<Record<ClipVerdict['verdict'], string>> = {
  TRY_AGAIN_LATER: 'the provider could not be asked',
  NOT_KNOWN: 'the provider did not say how the clip stands',
};

async function waitOn(
  tx: Tx,
  ctx: Ctx,
  { run, scene, clip, clips }: Polled,
  told: ClipVerdict,
): Promise<void> {
  const seconds = Math.max(clips.pollSeconds, askedWait(told) ?? 0);
  if (told.verdict === 'STILL_WORKING') await moveClip(tx, ctx.actor, run, scene, clip, 'POLLING');
  else {
    const words = 'words' in told ? told.words : '';
    const trouble = TROUBLE[told.verdict] ?? 'the provider has nothing to fetch any more';
    const message = `Scene ${scene.sceneIndex + 1}: ${trouble} and is asked again in ${seconds} s: ${words}`;
    await warn(tx, ctx.actor, run, message, { clipId: clip.id });
  }
  const nextPollAt = secondsFromNow(seconds);
  await tx.videoClip.update({ where: { id: clip.id }, data: { nextPollAt } });
}

const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1_000);
