import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { isOutage, throughOutages } from '../../../platform/database/outage.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { giveBack, isFree, type Purchase } from '../../budget/reservation.ts';
import { lockRun } from '../run.sql.ts';
import type { WorkCtx } from './step.ts';

/**
 * Does in one transaction, under the run's lock, what sets money aside. Where nobody knows whether that was committed,
 * nothing was bought all the same: the money is given back, if it was set aside, and the same may be done anew.
 *
 * @param work gets null for a run that is gone.
 */
export async function setAside<Result>(
  ctx: Pick<WorkCtx, 'db' | 'actor'>,
  runId: string,
  work: (tx: Tx, run: PipelineRun | null) => Promise<Result>,
): Promise<Result> {
  const made: { purchase?: Purchase | undefined } = {};
  try {
    return await recordTogether(ctx.db, async (tx) => {
      const result = await work(tx, await lockRun(tx, runId));
      made.purchase = purchaseOf(result);
      return result;
    });
  } catch (error) {
    const { purchase } = made;
    if (isOutage(error) && purchase && !isFree(purchase)) await giveBackTo(ctx, runId, purchase);
    throw error;
  }
}

/** What was set aside is a purchase, or has one. */
const purchaseOf = (result: unknown): Purchase | undefined =>
  typeof result === 'object' && result !== null && 'reservation' in result
    ? (result as Purchase)
    : (result as { purchase?: Purchase } | null)?.purchase;

/** The lock is had once the transaction of which nobody knows has ended, one way or the other. */
const giveBackTo = (
  { db, actor }: Pick<WorkCtx, 'db' | 'actor'>,
  runId: string,
  purchase: Purchase,
): Promise<void> =>
  throughOutages(() =>
    db.$transaction(async (tx) => {
      await lockRun(tx, runId);
      await giveBack(tx, actor, purchase);
    }),
  );
