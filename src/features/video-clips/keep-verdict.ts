/** What a provider said of a clip it was paid for, asked or unasked, and what it comes to. */
import type { PipelineRun, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ClipVerdict } from '../../providers/clip-verdict.ts';
import type { RemoteClips } from '../../providers/capabilities/clip.ts';
import type { Known, Outcome } from '../budget/reservation.ts';
import { runStates } from '../runs/run-states.ts';
import { warn } from '../runs/run.ts';
import type { SceneWithClip } from './clip-inputs.ts';
import { bookVideoClip } from './video-clip-bill.ts';
import { mayOrderAnew, orderAnew } from './order-anew.ts';
import { refuseVideoClip } from './refuse-video-clip.ts';
import { failVideoClip } from './settle-video-clip.ts';
import { stopAsking } from './stop-asking.ts';
import { askedWait, bookingOf, isMissing, ruleOf, waitBeforeNext } from './verdict-rules.ts';
import { moveVideoClip } from './video-clip-state.ts';

type Polled = SceneWithClip & { run: PipelineRun; clips: RemoteClips };

/**
 * Writes what a provider said of a bought clip, and books its money, by the rules.
 *
 * @returns whether nothing has come of it yet.
 */
export async function keepVerdict(tx: Tx, ctx: Ctx, polled: Polled, told: ClipVerdict): Promise<boolean> {
  const { run, scene, clip, clips } = polled;
  const pollCount = clip.pollCount + 1;
  const missingSince = missingSinceOf(clip, told);
  const { made, next } = ruleOf(told, {
    isLast: isMissing(told) && clip.doneAt === null ? isMissed(clip, clips) : pollCount >= clips.maxPolls,
    wasDone: clip.doneAt !== null,
    mayOrderAnew: mayOrderAnew(clip),
  });
  await tx.videoClip.update({ where: { id: clip.id }, data: { pollCount, missingSince } });
  if (told.verdict === 'REFUSED_FOR_ALL') await stopBuying(tx, run, told);
  const booking = bookingOf(made, told.bill);
  if (booking) await bookVerdict(tx, ctx, polled, booking);
  const words = 'words' in told ? told.words : 'It is still at it.';
  if (told.verdict === 'FILM') {
    await moveVideoClip(tx, ctx.actor, run, scene, clip, 'POLLING');
    const data = { resultUri: told.uri, doneAt: clip.doneAt ?? new Date(), nextPollAt: null };
    await tx.videoClip.update({ where: { id: clip.id }, data });
  } else if (told.verdict === 'REFUSED_BY_SAFETY' && next === 'SOFTEN')
    await refuseVideoClip(tx, ctx, run, polled, told);
  else if (next === 'ORDER_ANEW') {
    const waitSeconds = askedWait(told) ?? clips.orderAnewSeconds;
    const status = made === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED';
    const isOverQuota = told.verdict === 'REFUSED_BY_QUOTA';
    await orderAnew(tx, ctx, run, polled, { status, words, waitSeconds, isOverQuota });
  } else if (next === 'FAIL') await failVideoClip(tx, ctx, run, polled, 'FAILED', words);
  else if (next === 'LEAVE_TO_A_PERSON')
    await failVideoClip(tx, ctx, run, polled, 'UNKNOWN', `${words} ${whatToDo(clip)}`);
  else if (next === 'STOP_ASKING')
    await stopAsking(tx, ctx, run, polled, clips, { why: words, isNotThere: isOnTheClip(told) });
  else await waitOn(tx, ctx, polled, told);
  return next === 'ASK_AGAIN';
}

/** Since when the provider does not know it, by what it says now; that it could not be asked changes nothing. */
function missingSinceOf({ missingSince }: VideoClip, told: ClipVerdict): Date | null {
  if (isMissing(told)) return missingSince ?? new Date();
  return told.verdict === 'TRY_AGAIN_LATER' ? missingSince : null;
}

/** Whether it was missed so long before this answer that it is not known any more; one answer alone is never enough. */
const isMissed = ({ missingSince }: VideoClip, { missingSeconds }: RemoteClips): boolean =>
  secondsSince(missingSince) > missingSeconds;

const secondsSince = (time: Date | null): number => (time ? (Date.now() - time.getTime()) / 1_000 : 0);

/** What refuses one clip for all is the run's too: the next plan buys nothing more. */
const stopBuying = (tx: Tx, run: PipelineRun, { code, words }: { code: string; words: string }) =>
  tx.pipelineRun.update({
    where: { id: run.id },
    data: { errorStage: run.stage, errorCode: code, errorMessage: words },
  });

/** Whether it is the provider's word on this clip, and no trouble with asking that any clip may have. */
const isOnTheClip = (told: ClipVerdict): boolean =>
  told.verdict === 'NOT_KNOWN' ? told.about !== 'ODD' : told.verdict !== 'TRY_AGAIN_LATER';

const whatToDo = ({ operationName }: VideoClip) =>
  `Nobody knows what became of operation ${operationName}, nor whether it is charged; look there, then settle it with settleUnknownVideoClip.`;

const BILLS: Readonly<Record<Outcome, string>> = {
  CHARGED: 'booked at the most that it may have cost',
  FREE_OF_CHARGE: 'free of charge',
  NOT_CHARGED: 'not charged',
  UNKNOWN: 'nobody knows whether it is charged',
};

/** Books it, and shows those who follow the run its new bill. */
async function bookVerdict(
  tx: Tx,
  { actor }: Ctx,
  { run, scene, clip }: Polled,
  known: Known,
): Promise<void> {
  if (!(await bookVideoClip(tx, actor, clip, known))) return;
  const bill = typeof known === 'string' ? BILLS[known] : 'paid for, by what was used';
  const message = `Clip of scene ${scene.sceneIndex + 1}: ${bill}.`;
  await runStates.record(tx, actor, run, run.status, { message });
}

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
  const seconds = waitBeforeNext(told, clips.pollSeconds, secondsSince(clip.missingSince));
  if (told.verdict === 'STILL_WORKING') await moveVideoClip(tx, ctx.actor, run, scene, clip, 'POLLING');
  else {
    const words = 'words' in told ? told.words : '';
    const trouble = TROUBLE[told.verdict] ?? 'the provider has nothing to fetch any more';
    const message = `Scene ${scene.sceneIndex + 1}: ${trouble} and is asked again in ${seconds} s: ${words}`;
    await warn(tx, ctx.actor, run, message, { videoClipId: clip.id });
  }
  const nextPollAt = secondsFromNow(seconds);
  await tx.videoClip.update({ where: { id: clip.id }, data: { nextPollAt } });
}

/** A moment by this machine's clock. */
export const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1_000);
