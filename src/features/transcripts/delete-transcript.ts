import { counted } from '../../core/counted.ts';
import type { Ctx } from '../../platform/context.ts';
import { keysOfVideo } from '../assets/named-files.sql.ts';
import { removeUnnamed } from '../assets/remove-files.ts';
import { refuseSecond } from '../runs/run.ts';
import { lockVideo } from '../videos/lock-video.ts';
import { recordTranscript } from './record-transcript.ts';
import { requireTranscript } from './require-transcript.ts';

/**
 * Deletes a transcript with the configurations that are for it alone, the moments that were found with those, and what
 * was cut of them. Other moments stay, and so does what the log says.
 *
 * Files go after the commit, those that no other row names: a crash in between leaves files without a row, which upkeep
 * removes.
 *
 * @returns the id of what is gone.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS` if a run works on its video.
 */
export async function deleteTranscript(ctx: Ctx, transcriptId: string): Promise<string> {
  const { videoId } = await requireTranscript(ctx.db, ctx.actor, transcriptId);
  const keys = await ctx.db.$transaction(async (tx) => {
    const video = await lockVideo(tx, ctx.actor, videoId);
    await refuseSecond(tx, { type: 'Video', id: videoId }, ['transcriptId']);
    // Again: another who deletes it may have been faster.
    const transcript = await requireTranscript(tx, ctx.actor, transcriptId);
    const named = await keysOfVideo(tx, videoId);
    const moments = await tx.moment.count({ where: { config: { transcriptId } } });
    await tx.transcript.delete({ where: { id: transcriptId } });
    await recordTranscript(tx, ctx.actor, video, transcript, {
      message: `The transcript of "${video.title}" was deleted, and ${counted(moments, 'moment')} that ${moments === 1 ? 'was' : 'were'} found with it.`,
      details: { from: transcript.transcriptionService, to: null, moments },
    });
    return named;
  });
  await removeUnnamed(ctx, keys);
  return transcriptId;
}
