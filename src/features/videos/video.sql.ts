import type { Tx } from '../../platform/database/database.ts';

/** Locks a video's row until `tx` ends: what goes with it neither comes nor goes meanwhile. Prisma has no FOR UPDATE. */
export const lockVideoRow = (tx: Tx, videoId: string): Promise<unknown> =>
  tx.$queryRaw`SELECT 1 FROM videos WHERE id = ${videoId}::uuid FOR UPDATE`;
