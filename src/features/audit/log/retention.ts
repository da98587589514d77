import type { Ctx } from '../../../platform/context.ts';
import { deleteBelow } from './retention.sql.ts';

const DAY_MILLISECONDS = 24 * 60 * 60_000;
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
    deleted += await db.$transaction((tx) => deleteBelow(tx, kept));
    if (young || oldest.length <= BATCH) return deleted;
  }
}

/** The same for what is older than `days`; nothing if that is 0. */
export const forgetOldEntries = async (ctx: Pick<Ctx, 'db'>, days: number): Promise<number> =>
  days > 0 ? forgetEntries(ctx, new Date(Date.now() - days * DAY_MILLISECONDS)) : 0;
