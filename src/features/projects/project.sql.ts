import type { Tx } from '../../platform/database/database.ts';

/** Locks a project's row until `tx` ends; Prisma has no FOR UPDATE. */
export const lockProjectRow = (tx: Tx, projectId: string): Promise<unknown> =>
  tx.$queryRaw`SELECT 1 FROM projects WHERE id = ${projectId}::uuid FOR UPDATE`;
