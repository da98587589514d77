import type { Tx } from '../../platform/database/database.ts';

/** Holds a run's row until `tx` ends; Prisma has no FOR UPDATE. */
export const holdRun = (tx: Tx, runId: string): Promise<unknown> =>
  tx.$queryRaw`SELECT 1 FROM pipeline_runs WHERE id = ${runId}::uuid FOR UPDATE`;
