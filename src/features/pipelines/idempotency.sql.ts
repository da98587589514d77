import type { Tx } from '../../platform/database/database.ts';

/** Lets launches with one key come one after another; there may be no row yet that could be locked. */
export const holdKey = (tx: Tx, workspaceId: string, key: string): Promise<unknown> =>
  tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${workspaceId}:${key}`}, 0))::text`;
