import type { Tx } from '../../../platform/database/database.ts';

/** Lets those who announce uploads in a workspace come one after another until `tx` ends, so that they are counted. */
export const lockUploadsOf = (tx: Tx, workspaceId: string): Promise<unknown> =>
  tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`uploads:${workspaceId}`}, 0))::text`;
