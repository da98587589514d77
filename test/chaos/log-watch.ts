import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { idAmong } from '../../src/core/scopes.ts';

/** How exactly the moment of a commit is known. */
const LOOK_MILLISECONDS = 200;

/** Watches the log from beside the network that fails, and notes when each entry was first there. */
export class LogWatch {
  /** Place in the log -> when it was there, of `Date.now()`. */
  readonly committedAt = new Map<string, number>();
  /** Runs that were seen at work. */
  readonly begun = new Set<string>();
  readonly #client: pg.Client;
  readonly #stop = new AbortController();
  #watching: Promise<void> = Promise.resolve();

  static async open(databaseUrl: string): Promise<LogWatch> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const watch = new LogWatch(client);
    watch.#watching = watch.#watch();
    return watch;
  }

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** Ends the watch with what is there now. @returns the log's places, in order. */
  async close(): Promise<string[]> {
    this.#stop.abort();
    await this.#watching;
    await this.#look();
    await this.#client.end();
    return [...this.committedAt.keys()];
  }

  async #watch(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#look();
      await delay(LOOK_MILLISECONDS);
    }
  }

  async #look(): Promise<void> {
    const last = [...this.committedAt.keys()].at(-1) ?? '0';
    const { rows } = await this.#client.query<{ sequence: string; scopes: string[]; begins: boolean }>(
      `SELECT sequence::text, scopes, subject_type = 'PipelineRun' AND details->>'to' = 'RUNNING' AS begins
       FROM audit_logs WHERE sequence > $1 ORDER BY audit_logs.sequence`,
      [last],
    );
    for (const { sequence, scopes, begins } of rows) {
      this.committedAt.set(sequence, Date.now());
      const projectId = idAmong(scopes, 'Project');
      if (begins && projectId) this.begun.add(projectId);
    }
  }
}
