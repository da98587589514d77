import type { Ctx } from '../../platform/context.ts';
import { isOutage, throughOutages } from '../../platform/database/outage.ts';
import { recordTogether } from '../audit/audit.ts';
import { book, isFree, type Order } from '../budget/reservation.ts';
import { actFor } from './act-for.ts';
import { startRun } from './advance.ts';
import type { StepData } from './fail-step.ts';
import type { AnyStep } from './pipeline.ts';
import { isWorking } from './run-state.ts';
import { lockRun } from './run.sql.ts';

/**
 * Marks a step begun, and sets aside what it may cost, in one transaction. Where nobody knows whether that was committed,
 * nothing was bought all the same: the money is given back, if it was set aside, and the step may begin anew.
 *
 * @returns what the step's work needs; null if the run wants it no more.
 */
export async function beginStep(ctx: Ctx, step: AnyStep, { runId, input }: StepData): Promise<unknown> {
  let prepared: unknown = null;
  try {
    await recordTogether(ctx.db, async (tx) => {
      const run = await lockRun(tx, runId);
      if (!run || !isWorking(run)) return;
      const own = actFor(ctx, run);
      prepared = await step.begin(tx, own, await startRun(tx, own, run), input);
    });
    return prepared;
  } catch (error) {
    const order = orderOf(prepared);
    if (isOutage(error) && order && !isFree(order)) await giveBack(ctx, order);
    throw error;
  }
}

const orderOf = (prepared: unknown): Order | undefined => (prepared as { order?: Order } | null)?.order;

/** Books nothing where the reservation was not committed. */
const giveBack = ({ db }: Pick<Ctx, 'db'>, { reservation }: Order): Promise<boolean> =>
  throughOutages(() => db.$transaction((tx) => book(tx, reservation.operationKey, 'NOT_CHARGED')));
