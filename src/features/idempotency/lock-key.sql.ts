import type { Tx } from '../../platform/database/database.ts';

/**
 * Lets requests with one key come one after another; there may be no row yet that could be locked. One whose answer was
 * lost is waited for, too: until PostgreSQL has ended its session, it holds the lock.
 */
export const lockKey = (tx: Tx, workspaceId: string, key: string): Promise<unknown> =>
  tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${workspaceId}:${key}`}, 0))::text`;
