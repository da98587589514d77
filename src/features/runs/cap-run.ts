/** The cap of a run. */
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Cap, capText } from '../budget/cap.ts';
import { recordRun } from './record-run.ts';

/** Sets the most that a run may cost. The caller holds the run, and lets it go on if a cap held it. */
export async function capRun(
  tx: Tx,
  actor: Actor,
  { id, status }: PipelineRun,
  maxCostCents: Cap,
): Promise<PipelineRun> {
  const data = { maxCostCents, version: { increment: 1 } };
  const run = await tx.pipelineRun.update({ where: { id }, data });
  await recordRun(tx, actor, run, status, capText('run', maxCostCents));
  return run;
}
