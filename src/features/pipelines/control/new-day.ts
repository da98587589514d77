/** The cap of a day has room again when the next day begins: the runs that it held go on by themselves. */
import type { Ctx } from '../../../platform/context.ts';
import { HELD, tryAgain } from './continue-held.ts';

const DAY_MILLISECONDS = 24 * 60 * 60_000;
/** The clocks of this machine and of the database, whose day counts, may differ by so much. */
const CLOCKS_APART_MILLISECONDS = 5_000;

/** Milliseconds since the day (UTC) of a moment began. */
const sinceMidnight = (now: Date) => now.getTime() % DAY_MILLISECONDS;

/**
 * Resumes the runs, of all workspaces, that the cap of an earlier day holds. Runs that were held today are left alone,
 * so that any number of processes may do it; what another cap holds waits for that one.
 */
export async function continueAfterDay(ctx: Ctx, now: Date): Promise<void> {
  const today = new Date(now.getTime() - sinceMidnight(now));
  const held = await ctx.db.pipelineRun.findMany({
    where: { ...HELD, heldByCap: 'DAY', heldAt: { lt: today } },
  });
  for (const run of held)
    await tryAgain(ctx, run, 'Resumed: a new day began, and with it the cap of the day.');
}

/** Milliseconds until the next day has begun on every clock. */
export const untilNextDay = (now: Date): number =>
  DAY_MILLISECONDS - sinceMidnight(now) + CLOCKS_APART_MILLISECONDS;
