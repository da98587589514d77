import type { Ctx } from '../../../platform/context.ts';
import { keysOfVideo } from '../../assets/named-files.sql.ts';
import { removeUnnamed } from '../../assets/remove-files.ts';
import { recordClipGone, recordMoment, standingOf } from '../record-moment.ts';
import { type Held, withMoment } from './hold-moment.ts';

/**
 * Deletes a moment with what was cut of it. Moments that refine it stay. Files go after the commit: a crash in between
 * leaves files without a row, which upkeep removes.
 *
 * @returns the id of what is gone.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`.
 */
export async function deleteMoment(ctx: Ctx, momentId: string): Promise<string> {
  const keys = await withMoment(ctx, { momentId }, async (held) => {
    const named = await keysOfVideo(held.tx, held.video.id);
    await removeMoment(held);
    return named;
  });
  await removeUnnamed(ctx, keys);
  return momentId;
}

/** Deletes the row of a moment, with its clip's, and tells of both, within its transaction; files are the caller's. */
export async function removeMoment({ tx, actor, video, moment }: Held): Promise<void> {
  await recordClipGone(tx, actor, { video }, moment);
  await tx.moment.delete({ where: { id: moment.id } });
  await recordMoment(tx, actor, { video }, moment, {
    message: `Moment "${moment.title}" of "${video.title}" was deleted.`,
    details: { from: standingOf(moment), to: null },
  });
}
