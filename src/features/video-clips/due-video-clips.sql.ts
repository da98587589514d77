import type { PrismaClient } from '../../generated/prisma/client.ts';
import { isCurrent } from '../revisions/current.sql.ts';

/** A clip whose provider is to be asked now, and the run that wants to know. */
export type DueVideoClip = { videoClipId: string; runId: string; pollCount: number };

/**
 * Claims up to `limit` clips that are due, longest due first, for `leaseSeconds`: nobody else asks about them until
 * then. In SQL for SKIP LOCKED: any number of workers claim at once, each other ones.
 */
export const claimDueVideoClips = (
  db: Pick<PrismaClient, '$queryRaw'>,
  limit: number,
  leaseSeconds: number,
): Promise<DueVideoClip[]> =>
  db.$queryRaw<DueVideoClip[]>`
    UPDATE video_clips c
    SET next_poll_at = now() + ${leaseSeconds} * interval '1 second'
    FROM (
      SELECT due.id, r.id AS run_id
      FROM video_clips due
      JOIN scenes s ON s.id = due.scene_id
      JOIN pipeline_runs r ON r.project_id = s.project_id AND r.status IN ('QUEUED', 'RUNNING')
      WHERE due.next_poll_at <= now() AND ${isCurrent('due')}
      ORDER BY due.next_poll_at
      LIMIT ${limit}
      FOR UPDATE OF due SKIP LOCKED
    ) claimed
    WHERE c.id = claimed.id
    RETURNING c.id AS "videoClipId", claimed.run_id AS "runId", c.poll_count AS "pollCount"`;

/** Milliseconds until the next clip of a working run is due, by the database's clock; Infinity if none waits. */
export async function nextDueMs(db: Pick<PrismaClient, '$queryRaw'>): Promise<number> {
  const [row] = await db.$queryRaw<{ ms: number | null }[]>`
    SELECT (1000 * extract(epoch FROM min(c.next_poll_at) - now()))::float8 AS ms
    FROM video_clips c
    JOIN scenes s ON s.id = c.scene_id
    JOIN pipeline_runs r ON r.project_id = s.project_id AND r.status IN ('QUEUED', 'RUNNING')
    WHERE c.next_poll_at IS NOT NULL AND ${isCurrent('c')}`;
  return row?.ms ?? Infinity;
}
