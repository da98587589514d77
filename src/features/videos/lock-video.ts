import { DomainError } from '../../core/errors.ts';
import type { PrismaClient, Video } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { lockVideoRow } from './video.sql.ts';
import { visibleVideos } from './video.ts';

/**
 * Finds a video of the actor's.
 *
 * @throws {DomainError} `NOT_FOUND`, naming `videoId`.
 */
export async function requireVideo(
  db: Pick<PrismaClient, 'video'>,
  actor: Actor,
  videoId: string,
): Promise<Video> {
  const video = await db.video.findUnique({ where: { id: videoId, AND: [visibleVideos(actor)] } });
  if (!video) throw new DomainError('NOT_FOUND', 'No such video.', { path: ['videoId'] });
  return video;
}

/** As {@link requireVideo}, and holds it until `tx` ends: what goes with it neither comes nor goes meanwhile. */
export async function lockVideo(tx: Tx, actor: Actor, videoId: string): Promise<Video> {
  await lockVideoRow(tx, videoId);
  return requireVideo(tx, actor, videoId);
}
