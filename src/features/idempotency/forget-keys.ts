import type { Ctx } from '../../platform/context.ts';

/** How long a key means what was made with it; ours: nobody sends a request again after a month. */
const KEPT_DAYS = 30;
/** The same, for people. */
export const REMEMBERED = `It is remembered for ${KEPT_DAYS} days.`;
const DAY_MILLISECONDS = 24 * 60 * 60_000;
/** Deleted by one statement, so that none takes long, however many there are. */
const BATCH = 5_000;

/**
 * Deletes the keys with which something was made more than 30 days ago; what was made stays. A request with one of them
 * makes something new from then on. Launches keep their key with their run.
 *
 * @returns how many were deleted.
 */
export async function forgetKeys({ db }: Pick<Ctx, 'db'>, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MILLISECONDS);
  let deleted = 0;
  for (;;) {
    const old = { where: { createdAt: { lt: before } }, limit: BATCH };
    const { count } = await db.idempotencyKey.deleteMany(old);
    deleted += count;
    if (count < BATCH) return deleted;
  }
}
