import { Prisma, type PipelineRun } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';

/** `workspaceId` is the column `workspace_id`, as everywhere in the schema. */
const columnOf = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const COLUMNS = Prisma.raw(
  Object.values(Prisma.PipelineRunScalarFieldEnum)
    .map((field) => `${columnOf(field)} AS "${field}"`)
    .join(', '),
);

/**
 * Reads a run and holds it until `tx` ends; Prisma has no FOR UPDATE. Every change to a run or to what it works on
 * starts with this, so that they come one after another.
 *
 * @returns null if it is gone (its project was deleted).
 */
export async function lockRun(tx: Tx, runId: string): Promise<PipelineRun | null> {
  const [run] = await tx.$queryRaw<PipelineRun[]>`
    SELECT ${COLUMNS} FROM pipeline_runs WHERE id = ${runId}::uuid FOR UPDATE`;
  return run ?? null;
}
