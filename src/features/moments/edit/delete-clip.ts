import type { Ctx } from '../../../platform/context.ts';
import { keysOfVideo } from '../../assets/named-files.sql.ts';
import { removeUnnamed } from '../../assets/remove-files.ts';
import { refuseSecond } from '../../runs/run.ts';
import { lockVideo } from '../../videos/lock-video.ts';
import { recordClipGone } from '../record-moment.ts';
import { momentOfClip, requireMoment } from '../require-moment.ts';

/**
 * Deletes a clip with its still; its moment stays and can be cut anew. Files go after the commit, as those of a moment do.
 *
 * @returns the id of what is gone.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS` if a run works on its video.
 */
export async function deleteClip(ctx: Ctx, clipId: string): Promise<string> {
  const keys = await ctx.db.$transaction(async (tx) => {
    const momentId = await momentOfClip(tx, ctx.actor, clipId);
    const { videoId } = await requireMoment(tx, ctx.actor, momentId);
    const video = await lockVideo(tx, ctx.actor, videoId);
    await refuseSecond(tx, { type: 'Video', id: videoId }, ['clipId']);
    // Again: another who deletes it may have been faster.
    await momentOfClip(tx, ctx.actor, clipId);
    const moment = await requireMoment(tx, ctx.actor, momentId);
    const named = await keysOfVideo(tx, videoId);
    await recordClipGone(tx, ctx.actor, { video }, moment);
    await tx.clip.delete({ where: { id: clipId } });
    return named;
  });
  await removeUnnamed(ctx, keys);
  return clipId;
}
