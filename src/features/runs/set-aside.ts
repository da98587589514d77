import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { isOutage, throughOutages } from '../../platform/database/outage.ts';
import { recordTogether } from '../audit/audit.ts';
import { giveBack, isFree, type Order } from '../budget/reservation.ts';
import { lockRun } from './run.sql.ts';

/**
 * Does in one transaction, under the run's lock, what sets money aside. Where nobody knows whether that was committed,
 * nothing was bought all the same: the money is given back, if it was set aside, and the same may be done anew.
 *
 * @param work gets null for a run that is gone.
 */
export async function setAside<Result>(
  { db }: Pick<Ctx, 'db'>,
  runId: string,
  work: (tx: Tx, run: PipelineRun | null) => Promise<Result>,
): Promise<Result> {
  const made: { order?: Order | undefined } = {};
  try {
    return await recordTogether(db, async (tx) => {
      const result = await work(tx, await lockRun(tx, runId));
      made.order = orderOf(result);
      return result;
    });
  } catch (error) {
    const { order } = made;
    if (isOutage(error) && order && !isFree(order)) await giveBackTo(db, runId, order);
    throw error;
  }
}

/** What was set aside is an order, or has one. */
const orderOf = (result: unknown): Order | undefined =>
  typeof result === 'object' && result !== null && 'reservation' in result
    ? (result as Order)
    : (result as { order?: Order } | null)?.order;

/** The lock is had once the transaction of which nobody knows has ended, one way or the other. */
const giveBackTo = (db: Ctx['db'], runId: string, order: Order): Promise<void> =>
  throughOutages(() =>
    db.$transaction(async (tx) => {
      await lockRun(tx, runId);
      await giveBack(tx, order);
    }),
  );
