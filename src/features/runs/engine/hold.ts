/** A run that a cap holds: it buys nothing more, finishes what is on its way, and is then paused. */
import { CapKind, type PipelineRun } from '../../../generated/prisma/client.ts';
import { wordOf } from '../../../core/scopes.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { findExceededCap, lockCaps } from '../../budget/ledger.sql.ts';
import { type OverBudget, tellCapsOf } from '../../budget/over-budget.ts';
import { runStates } from '../run-states.ts';

tellCapsOf('run', { name: 'of the run', wayOut: 'raise it with setRunCostCap' });

/** Whether a cap holds the run, paused by it or about to be. */
export const isHeld = ({ errorCode, status }: Pick<PipelineRun, 'errorCode' | 'status'>): boolean =>
  errorCode === 'BUDGET_EXCEEDED' && (status === 'QUEUED' || status === 'RUNNING' || status === 'PAUSED');

/** Looks again, with the caps held until `tx` ends: one that is raised meanwhile must find the run held, or let it go on. */
export async function isStillOver(tx: Tx, { scopes, neededMicroUsd }: OverBudget): Promise<boolean> {
  await lockCaps(tx, scopes);
  return (await findExceededCap(tx, scopes, neededMicroUsd)) !== null;
}

/** What kind of cap is of a scope. */
const capKindOf = (scope: string): CapKind => {
  const word = wordOf(scope).toUpperCase();
  return Object.values(CapKind).find((kind) => kind === word) ?? 'OTHER';
};

/** Writes on the run which cap holds it. @returns the run as it is then. */
export async function holdRun(
  tx: Tx,
  { actor }: Ctx,
  run: PipelineRun,
  error: OverBudget,
): Promise<PipelineRun> {
  if (run.errorCode === error.code) return run;
  const { code: errorCode, message: errorMessage } = error;
  const why = { errorStage: run.stage, errorCode, errorMessage };
  const held = {
    ...why,
    heldByCap: capKindOf(error.cap),
    heldScope: error.cap,
    heldMicroUsd: BigInt(error.neededMicroUsd),
    heldAt: new Date(),
  };
  return runStates.change(tx, actor, run, held, { message: error.message });
}
