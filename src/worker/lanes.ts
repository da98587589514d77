import type { JobWithMetadata } from 'pg-boss';
import type { ClaimedJob } from '../features/runs/engine/job.ts';
import type { Beat } from '../platform/pulse.ts';
import type { Queue } from '../platform/queue.ts';

export type Job = JobWithMetadata<ClaimedJob['data']>;

type JobQueue = Pick<Queue, 'boss' | 'onReady' | 'beat'>;

/** How often a queue is looked at that nothing was heard of: for delayed jobs of workers that are gone. */
const LOOK_MS = 2_000;
/** Between signs of life of claimed jobs; five times shorter than what makes them change hands. */
const HEARTBEAT_MS = 2_000;

export type LanesOptions = {
  /** Jobs at a time. */
  count: number;
  /** Does a claimed job and completes it; `claim` is aborted when the job belongs to another worker. */
  work: (job: Job, claim: AbortSignal) => Promise<void>;
  /** Told of a database that could not be asked; the lanes ask again. */
  onError: (error: unknown) => void;
  /** Told each time the database was asked: for jobs, or about those in progress. */
  beat: Beat;
};

/**
 * Does the jobs of one queue, several at a time and back to back.
 *
 * pg-boss' own worker claims one job a statement, sleeps after each, and completes what a step has completed with its
 * result. These lanes claim as many jobs as are idle with one statement, and ask again only once there may be more:
 * the claim before was full, or a job was sent or came due.
 */
export class Lanes {
  readonly #queue: JobQueue;
  readonly #name: string;
  readonly #options: LanesOptions;
  readonly #claims = new Map<Job, AbortController>();
  readonly #timers: NodeJS.Timeout[];
  readonly #stopListening: () => void;
  #mayHaveMore = true;
  #claiming: Promise<void> | null = null;
  #isClosing = false;
  #whenIdle: (() => void) | null = null;

  constructor(queue: JobQueue, name: string, options: LanesOptions) {
    this.#queue = queue;
    this.#name = name;
    this.#options = options;
    this.#stopListening = queue.onReady(name, () => this.#wake());
    this.#timers = [
      setInterval(() => this.#wake(), LOOK_MS),
      setInterval(() => void this.#beat(), HEARTBEAT_MS),
    ];
    this.#wake();
  }

  /** Claims nothing more, and waits for the jobs in progress. Their claims are kept alive until then. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#stopListening();
    await this.#claiming;
    if (this.#claims.size > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    for (const timer of this.#timers) clearInterval(timer);
    this.#options.beat.end();
  }

  #wake(): void {
    this.#mayHaveMore = true;
    this.#fill();
  }

  #fill(): void {
    const idle = this.#options.count - this.#claims.size;
    if (this.#isClosing || !this.#mayHaveMore || this.#claiming || idle === 0) return;
    this.#mayHaveMore = false;
    this.#claiming = this.#claim(idle).finally(() => {
      this.#claiming = null;
      this.#fill();
    });
  }

  async #claim(idle: number): Promise<void> {
    try {
      const jobs = await this.#queue.boss.fetch<Job['data']>(this.#name, {
        batchSize: idle,
        includeMetadata: true,
      });
      this.#options.beat.done();
      if (jobs.length === idle) this.#mayHaveMore = true;
      for (const job of jobs) void this.#do(job);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The database could not be asked. */
  #fail(error: unknown): void {
    this.#options.beat.failed();
    this.#options.onError(error);
  }

  async #do(job: Job): Promise<void> {
    const claim = new AbortController();
    this.#claims.set(job, claim);
    try {
      await this.#options.work(job, claim.signal);
    } catch (error) {
      await this.#giveBack(job, error);
    } finally {
      this.#claims.delete(job);
      if (this.#claims.size === 0) this.#whenIdle?.();
      this.#fill();
    }
  }

  /** It is handed out again, unless that has happened too often. */
  async #giveBack(job: Job, reason: unknown): Promise<void> {
    try {
      const why = reason instanceof Error ? { message: reason.message } : { reason };
      await this.#queue.boss.fail(this.#name, job, why);
    } catch (error) {
      // Its claim lapses by itself.
      this.#options.onError(error);
    }
  }

  async #beat(): Promise<void> {
    const held = [...this.#claims].filter(([, claim]) => !claim.signal.aborted);
    if (held.length === 0) return;
    try {
      const jobs = held.map(([job]) => job);
      const ours = await this.#queue.beat(this.#name, jobs);
      this.#options.beat.done();
      for (const [job, claim] of held)
        if (!ours.has(job.id)) claim.abort(new Error('Another worker has the job.'));
    } catch (error) {
      // What a heartbeat could not ask says nothing about the claims.
      this.#fail(error);
    }
  }
}
