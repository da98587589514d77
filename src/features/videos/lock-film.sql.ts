import type { Tx } from '../../platform/database/database.ts';

/** Lets those who put the same film into a workspace come one after another until `tx` ends; there may be no row yet. */
export const lockFilm = (tx: Tx, workspaceId: string, sha256: string): Promise<unknown> =>
  tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`film:${workspaceId}:${sha256}`}, 0))::text`;
