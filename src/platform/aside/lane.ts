import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '../../core/errors.ts';

/**
 * Ours: work has at most one part in 31 of a processor. Small, for what comes of it is a client's answer on the event
 * loop of all clients; and still about six of the largest documents a second.
 */
const REST = 30;
/** Ours: whoever waits behind one that took half a second need not wait for half a minute. */
const LONGEST_REST_MILLISECONDS = 2_000;
/** What a job that waits counts at least, in bytes. */
const LEAST_BYTES = 64 * 1_024;
/** Bytes of the jobs that wait, of one client and of all; ours: two of the largest requests, and sixteen. */
const WAITING_BYTES = { ofOne: 2_000_000, ofAll: 16_000_000 };

export type LaneOptions = {
  /** Of what a job took, how many times as long nothing is done after it. */
  rest?: number;
  /** Bytes of the jobs that may wait. */
  waitingBytes?: { ofOne: number; ofAll: number };
};

/** What a job brings with it. */
export type Load = {
  /** For whom it is done: they take turns. */
  whose: string;
  /** What it keeps in memory until its turn. */
  bytes: number;
};

/** What a job gave, and how long a processor worked on it. */
export type Done<Result> = { result: Result; milliseconds: number };

/** `begin` says how many milliseconds it took. */
type Job = { bytes: number; begin(): Promise<number> };

/**
 * Work that clients cause, one job at a time with a rest after each, so that however much they send it takes a small
 * share of a processor. Whose jobs wait take turns: a client's first waits for no more than one of each other's.
 */
export class Lane {
  readonly #rest: number;
  readonly #limits: { ofOne: number; ofAll: number };
  /** By whose they are; who has had a turn is last. */
  readonly #waiting = new Map<string, Job[]>();
  #isBusy = false;

  constructor({ rest = REST, waitingBytes = WAITING_BYTES }: LaneOptions = {}) {
    this.#rest = rest;
    this.#limits = waitingBytes;
  }

  /**
   * Does a job when its turn has come. It begins at once, before this returns, if nothing waits and the lane has rested.
   *
   * @throws {DomainError} `OVERLOADED` if too much waits already.
   */
  do<Result>({ whose, bytes }: Load, job: () => Promise<Done<Result>>): Promise<Result> {
    const load = Math.max(bytes, LEAST_BYTES);
    const jobs = this.#waiting.get(whose) ?? [];
    const ofAll = sum([...this.#waiting.values()].flat());
    if (sum(jobs) + load > this.#limits.ofOne || ofAll + load > this.#limits.ofAll)
      return Promise.reject(tooMuchWaits());
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const begin = async () => {
      const from = performance.now();
      try {
        const { result, milliseconds } = await job();
        resolve(result);
        return milliseconds;
      } catch (error) {
        reject(error);
        return performance.now() - from;
      }
    };
    jobs.push({ bytes: load, begin });
    this.#waiting.set(whose, jobs);
    if (!this.#isBusy) void this.#goOn();
    return promise;
  }

  async #goOn(): Promise<void> {
    this.#isBusy = true;
    for (const [whose, [job, ...others]] of this.#waiting) {
      // One that is set anew is last, and this loop comes to it too.
      this.#waiting.delete(whose);
      if (others.length > 0) this.#waiting.set(whose, others);
      const taken = (await job?.begin()) ?? 0;
      const rest = Math.min(LONGEST_REST_MILLISECONDS, this.#rest * taken);
      await delay(rest, undefined, { ref: false });
    }
    this.#isBusy = false;
  }
}

const sum = (jobs: readonly Job[]) => jobs.reduce((all, { bytes }) => all + bytes, 0);

const tooMuchWaits = () =>
  new DomainError(
    'OVERLOADED',
    'Too many large requests wait for their turn already; send them one by one, or come back in a moment.',
  );
