import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Receipt } from '../../../providers/price.ts';
import type { PaidCall } from '../../../providers/paid-call.ts';
import { inDollars } from '../../budget/money.ts';
import { isFree, type Purchase, settle } from '../../budget/reservation.ts';
import { runStates } from '../run-states.ts';
import { isEnded } from '../run-state.ts';

/** Books what a run's call cost, within `tx`, and shows its followers the new bill. Nothing for what is free. */
export async function settleCall(
  tx: Tx,
  { actor }: Pick<Ctx, 'actor'>,
  run: PipelineRun,
  call: PaidCall,
  purchase: Purchase,
  receipt: Receipt,
): Promise<void> {
  if (isFree(purchase)) return;
  const microUsd = await settle(tx, actor, purchase, receipt);
  if (microUsd === null || isEnded(run.status)) return;
  const message = `Paid ${inDollars(microUsd)}: ${call.toLowerCase()}.`;
  await runStates.record(tx, actor, run, run.status, { message });
}
