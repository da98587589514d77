import type { PipelineRun, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { RemoteClips } from '../../providers/capabilities/clip.ts';
import type { Caller } from '../budget/record-call.ts';
import type { SceneWithClip } from './clip-inputs.ts';
import { bookVideoClip } from './video-clip-bill.ts';
import { failVideoClip } from './settle-video-clip.ts';
import { forgetUnkeptVideoClip } from './unkept-video-clip.ts';

const HOUR_MS = 3_600_000;

/** Until when its provider keeps a clip's file; null for a clip that is not done, as far as is known. */
export const keptUntil = (
  { doneAt }: Pick<VideoClip, 'doneAt'>,
  { keepsFilesHours }: Pick<RemoteClips, 'keepsFilesHours'>,
): Date | null => doneAt && new Date(doneAt.getTime() + keepsFilesHours * HOUR_MS);

/** Books a clip that is done and could not be fetched: it is charged, and how long it is nobody knows. */
export const bookUnmeasured = (tx: Tx, caller: Caller, { clip }: { clip: VideoClip }) =>
  bookVideoClip(tx, caller, clip, 'CHARGED');

/** Leaves a clip as a gap that is paid for and not to be had: another is bought only when a person says so (`retryScene`). */
export async function loseVideoClip(
  tx: Tx,
  ctx: Ctx,
  run: Pick<PipelineRun, 'id'>,
  sceneWithClip: SceneWithClip,
  why: string,
): Promise<void> {
  await bookUnmeasured(tx, ctx.actor, sceneWithClip);
  await forgetUnkeptVideoClip(tx, sceneWithClip.clip);
  const reason = `The clip was paid for and is lost; retry the scene to buy another. (${why})`;
  await failVideoClip(tx, ctx, run, sceneWithClip, 'LOST', reason);
}

/**
 * Leaves a clip as a gap, of which a run has asked often enough: TIMED_OUT, for a later one to ask again at no cost; or
 * LOST, where it was done and its file's time is over.
 *
 * @param last.isNotThere whether that was the provider's word on this clip; one that could not be asked has none.
 */
export async function stopAsking(
  tx: Tx,
  ctx: Ctx,
  run: Pick<PipelineRun, 'id'>,
  sceneWithClip: SceneWithClip,
  clips: RemoteClips,
  { why, isNotThere }: { why: string; isNotThere: boolean },
): Promise<void> {
  const until = keptUntil(sceneWithClip.clip, clips);
  const isOver = until !== null && until.getTime() < Date.now();
  if (until !== null) await bookUnmeasured(tx, ctx.actor, sceneWithClip);
  if (isOver && isNotThere) {
    const kept = `The provider keeps a file ${clips.keepsFilesHours} hours, and did not give this one in time.`;
    return loseVideoClip(tx, ctx, run, sceneWithClip, `${kept} ${why}`);
  }
  const reason =
    until === null
      ? `The provider has not finished after ${clips.maxPolls} polls; resume to ask again, at no cost. (${why})`
      : `The clip is paid for and its file could not be fetched yet; resume to ask again, at no cost${isOver ? '; it was to be kept until' : ', before'} ${until.toISOString()}. (${why})`;
  await failVideoClip(tx, ctx, run, sceneWithClip, 'TIMED_OUT', reason);
}
