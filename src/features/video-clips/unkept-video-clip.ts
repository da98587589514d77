/** Films that came with the answer to their order: kept, or on the shelf while the storage does not take them. */
import type { Project, UnkeptVideoClip, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { BoughtClip } from '../../providers/capabilities/clip.ts';
import type { WorkCtx } from '../runs/engine/step.ts';
import { keepOrShelve, keepShelved, onThisMachine } from '../runs/engine/shelved.ts';
import { videoClipKey } from './clip-inputs.ts';

/** A film in the storage, or on the shelf of this machine until it is. */
export type FilmAt = { localPath: string; durationSeconds: number; isOnShelf: boolean };

/** A clip that was bought, and where its film is, which may have come with the answer. */
export type BoughtVideoClip = Omit<BoughtClip, 'film'> & { filmAt?: FilmAt };

/** Keeps a film that came with the answer, or puts it on the shelf; where neither takes it, it is fetched by its name. */
export async function putAway(
  ctx: Pick<Ctx, 'db' | 'storage'>,
  { project, clip }: { project: Project; clip: VideoClip },
  file: string,
  { film, ...bought }: BoughtClip,
): Promise<BoughtVideoClip> {
  if (!film) return bought;
  const localPath = await videoClipKey(ctx, project, clip.id);
  return keepOrShelve(ctx.storage, file, localPath).then(
    (refused) => ({ ...bought, filmAt: { localPath, ...film, isOnShelf: refused !== null } }),
    () => bought,
  );
}

/** Writes down that a clip's film lies on the shelf of this machine. */
export const noteUnkept = (
  tx: Tx,
  { id: videoClipId }: Pick<VideoClip, 'id'>,
  { localPath: filePath, durationSeconds }: FilmAt,
) => tx.unkeptVideoClip.create({ data: { videoClipId, filePath, durationSeconds, ...onThisMachine() } });

/**
 * Keeps a film that waited on the shelf.
 *
 * @returns whether it did; not so where its machine was not seen with it for an hour.
 * @throws {NotKept} if the storage still refuses it; {Postponed} if it is not here: a worker elsewhere may have it.
 */
export const keepUnkept = ({ db, storage }: Pick<WorkCtx, 'db' | 'storage'>, unkept: UnkeptVideoClip) =>
  keepShelved(storage, 'The clip', unkept, () =>
    db.unkeptVideoClip.updateMany({
      where: { videoClipId: unkept.videoClipId },
      data: { seenAt: new Date() },
    }),
  );

/** Where a clip's film waits for the storage; null if it does not. */
export const findUnkept = (tx: Tx, { id: videoClipId }: Pick<VideoClip, 'id'>) =>
  tx.unkeptVideoClip.findUnique({ where: { videoClipId } });

/** Forgets a film that was kept, or that nobody wants any more; what lies on the shelf is then a stray. */
export const forgetUnkeptVideoClip = (tx: Tx, { id: videoClipId }: Pick<VideoClip, 'id'>) =>
  tx.unkeptVideoClip.deleteMany({ where: { videoClipId } });
