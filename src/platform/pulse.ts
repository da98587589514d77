/** Something that a process does again and again by itself: what it makes of it tells whether it still works. */
export type Work = 'claims' | 'polls' | 'jobs' | 'webhooks' | 'log' | 'notifications';

export type Beat = {
  /** It was done. */
  done(): void;
  /** It was tried, and failed: the database was away, for instance. */
  failed(): void;
  /** It is not done any more: the process is stopping. */
  end(): void;
};

export type WorkState = {
  /** Seconds since it was last done, or begun; of several that do the same, of the one that waits longest. */
  doneSecondsAgo: number;
  /** The same since it was last done or failed. */
  triedSecondsAgo: number;
};

/** Seconds without even a try; every wait of a loop has a limit, and all of them together are shorter. */
const STANDING_SECONDS = 120;

/** When each kind of this process's own work was last done, and last tried. */
export class Pulse {
  readonly #beats = new Map<object, { work: Work; doneAt: number; triedAt: number }>();

  #lost: string | null = null;

  /** A loop begins that does `work` every few seconds. */
  begin(work: Work): Beat {
    const began = performance.now();
    const beat = { work, doneAt: began, triedAt: began };
    this.#beats.set(beat, beat);
    return {
      done: () => {
        beat.doneAt = beat.triedAt = performance.now();
      },
      failed: () => {
        beat.triedAt = performance.now();
      },
      end: () => this.#beats.delete(beat),
    };
  }

  /** Something is gone that only another process can have again. */
  lose(reason: string): void {
    this.#lost ??= reason;
  }

  /** Why this process cannot come back to work by itself; null if it can. */
  beyondRecovery(): string | null {
    if (this.#lost !== null) return this.#lost;
    const standing = Object.entries(this.read()).find(
      ([, { triedSecondsAgo }]) => triedSecondsAgo > STANDING_SECONDS,
    );
    return standing ? `${standing[0]} stands still for ${Math.round(standing[1].triedSecondsAgo)} s` : null;
  }

  /** The kinds of work that this process does. */
  read(): Partial<Record<Work, WorkState>> {
    const now = performance.now();
    const states: Partial<Record<Work, WorkState>> = {};
    for (const { work, doneAt, triedAt } of this.#beats.values()) {
      const { doneSecondsAgo = 0, triedSecondsAgo = 0 } = states[work] ?? {};
      states[work] = {
        doneSecondsAgo: Math.max(doneSecondsAgo, (now - doneAt) / 1_000),
        triedSecondsAgo: Math.max(triedSecondsAgo, (now - triedAt) / 1_000),
      };
    }
    return states;
  }
}
