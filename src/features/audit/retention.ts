import type { Ctx } from '../../platform/context.ts';
import type { Log } from '../../platform/log.ts';
import { forgetKeys } from '../idempotency/forget-keys.ts';

const DAY_MILLISECONDS = 24 * 60 * 60_000;
const HOUR_MILLISECONDS = 60 * 60_000;
/** Read and deleted by one statement, so that none takes long, however large the log is. */
const BATCH = 5_000;

/**
 * Deletes the log's entries from before `cutoff`, in order: what is left has no gap. The newest stays, whatever its
 * age: it tells how far the log has come. A cursor before what is left is `CURSOR_EXPIRED` from then on.
 *
 * @returns how many were deleted.
 */
export async function forgetEntries({ db }: Pick<Ctx, 'db'>, cutoff: Date): Promise<number> {
  let deleted = 0;
  for (;;) {
    const oldest = await db.auditLog.findMany({
      where: { sequence: { not: null } },
      orderBy: { sequence: 'asc' },
      take: BATCH + 1,
      select: { sequence: true, time: true },
    });
    // By the log's order, not by time: an entry may have waited for the end of its transaction.
    const young = oldest.find(({ time }) => time >= cutoff);
    const kept = (young ?? oldest.at(-1))?.sequence;
    if (!kept) return deleted;
    const { count } = await db.auditLog.deleteMany({ where: { sequence: { lt: kept } } });
    deleted += count;
    if (young || oldest.length <= BATCH) return deleted;
  }
}

/**
 * Forgets keys of clients' choice, and entries of the log that are older than `days` (none if that is 0), now and every
 * hour.
 *
 * @returns what ends it.
 */
export function startForgetting(ctx: Pick<Ctx, 'db'>, days: number, log: Log): { close(): Promise<void> } {
  const forget = async () => {
    if (days > 0) {
      const cutoff = new Date(Date.now() - days * DAY_MILLISECONDS);
      await forgetSome(log, 'entries of the log', () => forgetEntries(ctx, cutoff));
    }
    await forgetSome(log, 'idempotency keys', () => forgetKeys(ctx));
  };
  let going = forget();
  const timer = setInterval(() => {
    going = going.then(forget);
  }, HOUR_MILLISECONDS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await going;
    },
  };
}

async function forgetSome(log: Log, what: string, forget: () => Promise<number>): Promise<void> {
  try {
    log.debug({ deleted: await forget() }, `old ${what} were deleted`);
  } catch (error) {
    log.error({ err: error }, `Old ${what} could not be deleted.`);
  }
}
