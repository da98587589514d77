/** A run that a cap holds: it buys nothing more, finishes what is on its way, and is then paused. */
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { findExceededCap, holdCaps } from '../budget/ledger.sql.ts';
import type { OverBudget } from '../budget/over-budget.ts';
import { recordRun } from './record-run.ts';

/** Whether a cap holds the run, paused by it or about to be. */
export const isHeld = ({ errorCode, status }: Pick<PipelineRun, 'errorCode' | 'status'>): boolean =>
  errorCode === 'BUDGET_EXCEEDED' && (status === 'QUEUED' || status === 'RUNNING' || status === 'PAUSED');

/** Looks again, with the caps held until `tx` ends: one that is raised meanwhile must find the run held, or let it go on. */
export async function isStillOver(
  tx: Tx,
  run: PipelineRun,
  { neededMicroUsd }: OverBudget,
): Promise<boolean> {
  await holdCaps(tx, run);
  return (await findExceededCap(tx, run, neededMicroUsd)) !== null;
}

/** Writes on the run which cap holds it. @returns the run as it is then. */
export async function holdRun(
  tx: Tx,
  { actor }: Ctx,
  run: PipelineRun,
  error: OverBudget,
): Promise<PipelineRun> {
  if (run.errorCode === error.code) return run;
  const held = await tx.pipelineRun.update({
    where: { id: run.id },
    data: {
      errorStage: run.stage,
      errorCode: error.code,
      errorMessage: error.message,
      heldByCap: error.cap,
      heldAt: new Date(),
      version: { increment: 1 },
    },
  });
  await recordRun(tx, actor, held, run.status, error.message);
  return held;
}
