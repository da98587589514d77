/** The cap of a run. */
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Cap, capText, setCap } from '../budget/cap.ts';
import { recordRun } from './record-run.ts';
import { runScope } from './run-subject.ts';

/** Sets the most that a run may cost. The caller holds the run, and lets it go on if a cap held it. */
export async function capRun(
  tx: Tx,
  actor: Actor,
  { id, status, workspaceId }: PipelineRun,
  maxCostCents: Cap,
): Promise<PipelineRun> {
  await setCap(tx, workspaceId, runScope(id), maxCostCents);
  const run = await tx.pipelineRun.update({ where: { id }, data: { version: { increment: 1 } } });
  await recordRun(tx, actor, run, status, capText('run', maxCostCents));
  return run;
}
