/** A transaction whose end nobody told us of. */
import { setTimeout as delay } from 'node:timers/promises';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import { isOutage } from './outage.ts';

/** Between two tries; ours. */
const AGAIN_MILLISECONDS = 1_000;
/** Longest that a client is left waiting for the database to tell; ours. */
const PATIENCE_MILLISECONDS = 20_000;

/** The answer to a COMMIT did not come: what was written may be there, or not. */
export class LostCommit extends Error {
  override readonly name = 'LostCommit';

  constructor(cause: unknown) {
    super('The database did not answer whether it committed.', { cause });
  }
}

type Transact = (work: (tx: object) => Promise<unknown>, options?: object) => Promise<unknown>;

/** Has every transaction of `prisma` tell a lost answer to its COMMIT (`LostCommit`) from a failure before it, which leaves nothing. */
export function tellLostCommits(prisma: PrismaClient): void {
  const transact = (prisma.$transaction as Transact).bind(prisma);
  const telling: Transact = async (work, options) => {
    let isDone = false;
    try {
      return await transact(async (tx) => {
        const result = await work(tx);
        isDone = true;
        return result;
      }, options);
    } catch (error) {
      if (isDone && isOutage(error)) throw new LostCommit(error);
      throw error;
    }
  };
  prisma.$transaction = telling as PrismaClient['$transaction'];
}

/**
 * Does a transaction again whose COMMIT got no answer, for a while. Doing it twice must come to doing it once, and the
 * second to waiting for the first (a lock).
 *
 * @throws {LostCommit} if the database stays away.
 */
export async function untilKnown<Result>(transact: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  let lost: LostCommit | undefined;
  for (;;) {
    try {
      return await transact();
    } catch (error) {
      if (error instanceof LostCommit) lost = error;
      if (!lost || !isOutage(error)) throw error;
      if (performance.now() > end) throw lost;
      await delay(AGAIN_MILLISECONDS);
    }
  }
}
