/** One request at a time writes an upload, whichever machine it reaches. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';
import { endLease, renewLease, takeLease } from '../../features/ingests/upload/lease.sql.ts';
import type { Ctx } from '../../platform/context.ts';

/** Longest wait for whoever has it: longer than the lease of one that was killed. A client tries again after that. */
const PATIENCE_MILLISECONDS = 20_000;
const LOOK_MILLISECONDS = 200;
/** How often whoever has it renews it, and looks whether another wants it. */
const HEED_MILLISECONDS = 1_000;

type Doing = Pick<Ctx, 'db'>;

/** Hands out uploads by a lease in their row, renewed as long as the request goes on. */
export class LeaseLocker implements Locker {
  readonly #ctx: Doing;
  /** Who of this process has which upload. */
  readonly #holders = new Map<string, string>();

  constructor(ctx: Doing) {
    this.#ctx = ctx;
  }

  /** @throws {Error} 423 if nobody of this process has it. */
  holderOf(id: string): string {
    const holder = this.#holders.get(id);
    if (holder === undefined) throw ERRORS.ERR_LOCK_TIMEOUT;
    return holder;
  }

  newLock(id: string): Lock {
    const { db } = this.#ctx;
    const held = { id, holder: randomUUID() };
    let heeding: NodeJS.Timeout | undefined;
    return {
      lock: async (signal, requestRelease) => {
        await this.#wait(held, signal);
        this.#holders.set(id, held.holder);
        heeding = setInterval(() => void heed(db, held, requestRelease), HEED_MILLISECONDS);
        heeding.unref();
      },
      unlock: async () => {
        clearInterval(heeding);
        if (this.#holders.get(id) === held.holder) this.#holders.delete(id);
        // Where the database is away, it ends by itself.
        await endLease(db, held).catch(() => {});
      },
    };
  }

  async #wait(held: { id: string; holder: string }, signal: AbortSignal): Promise<void> {
    const end = performance.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const found = await takeLease(this.#ctx.db, held);
      if (found === 'TAKEN') return;
      if (found === 'GONE') throw ERRORS.FILE_NOT_FOUND;
      if (signal.aborted || performance.now() > end) throw ERRORS.ERR_LOCK_TIMEOUT;
      await delay(LOOK_MILLISECONDS);
    }
  }
}

/** Whoever has lost it stops, too; what it writes after that does not count. */
async function heed(
  db: Doing['db'],
  held: { id: string; holder: string },
  requestRelease: RequestRelease,
): Promise<void> {
  const found = await renewLease(db, held).catch(() => ({ isWanted: false }));
  if (found === null || found.isWanted) await requestRelease();
}
