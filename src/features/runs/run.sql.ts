import { Prisma, type PipelineRun } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { modelReader, type Row } from '../../platform/database/model-reader.ts';

const runs = modelReader<PipelineRun>(Prisma.PipelineRunScalarFieldEnum, 'r');

/**
 * Reads a run and holds it until `tx` ends; Prisma has no FOR UPDATE. Every change to a run or to what it works on
 * starts with this, so that they come one after another.
 *
 * @returns null if it is gone (what it works on was deleted).
 */
export async function lockRun(tx: Tx, runId: string): Promise<PipelineRun | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT ${runs.columns} FROM pipeline_runs r WHERE r.id = ${runId}::uuid FOR UPDATE`;
  return row ? runs.find(row) : null;
}
