import type { Ctx } from '../../platform/context.ts';
import type { Log } from '../../platform/log.ts';

const DAY_MILLISECONDS = 24 * 60 * 60_000;
const HOUR_MILLISECONDS = 60 * 60_000;
/** Deleted by one statement, so that none takes long. */
const BATCH = 5_000;

/**
 * Deletes the log's entries from before `cutoff`, in order: what is left has no gap. The newest stays, whatever its
 * age: it tells how far the log has come. A cursor before what is left is `CURSOR_EXPIRED` from then on.
 *
 * @returns how many were deleted.
 */
export async function forgetEntries({ db }: Pick<Ctx, 'db'>, cutoff: Date): Promise<number> {
  // By the log's order, not by time: an entry may have waited for the end of its transaction.
  const kept =
    (await db.auditLog.findFirst({
      where: { time: { gte: cutoff }, sequence: { not: null } },
      orderBy: { sequence: 'asc' },
    })) ??
    (await db.auditLog.findFirst({ where: { sequence: { not: null } }, orderBy: { sequence: 'desc' } }));
  if (!kept?.sequence) return 0;
  let deleted = 0;
  for (;;) {
    const { count } = await db.auditLog.deleteMany({
      where: { sequence: { lt: kept.sequence } },
      limit: BATCH,
    });
    deleted += count;
    if (count < BATCH) return deleted;
  }
}

/**
 * Forgets what is older than `days`, now and every hour; nothing if that is 0.
 *
 * @returns what ends it.
 */
export function startForgetting(ctx: Pick<Ctx, 'db'>, days: number, log: Log): { close(): Promise<void> } {
  if (days === 0) return { close: async () => {} };
  const forget = async () => {
    try {
      const deleted = await forgetEntries(ctx, new Date(Date.now() - days * DAY_MILLISECONDS));
      log.debug({ deleted }, 'old entries of the log were deleted');
    } catch (error) {
      log.error({ err: error }, 'Old entries of the log could not be deleted.');
    }
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
