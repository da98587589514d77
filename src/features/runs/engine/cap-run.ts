/** The cap of a run. */
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { type Cap, capText, setCap } from '../../budget/cap.ts';
import { runStates } from '../run-states.ts';
import { runScope } from '../run-subject.ts';

/** Sets the most that a run may cost. The caller holds the run, and lets it go on if a cap held it. */
export async function capRun(
  tx: Tx,
  actor: Actor,
  run: PipelineRun,
  maxCostCents: Cap,
): Promise<PipelineRun> {
  await setCap(tx, run.workspaceId, runScope(run.id), maxCostCents);
  return runStates.change(tx, actor, run, {}, { message: capText('run', maxCostCents) });
}
