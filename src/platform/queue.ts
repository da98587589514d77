import type pg from 'pg';
import { fromPrisma, PgBoss, type Db } from 'pg-boss';
import { newId } from '../core/ids.ts';
import type { Database, Tx } from './database/database.ts';
import { alone } from './database/start-lock.ts';
import { statementName } from './database/statement-names.ts';
import type { Notifications } from './notifications.ts';

/** How a queue treats its jobs; the rest is the same for all queues. */
export type QueuePolicy = {
  /** Times a job is handed out again. */
  retryLimit: number;
  /** Seconds before each. */
  retryDelaySeconds: number;
};

/** Seconds without a heartbeat after which another worker takes a job over. */
const HEARTBEAT_SECONDS = 10;
/** Where jobs end up that crashed more often than their queue allows. */
export const DEAD_LETTERS = 'dead-letters';
/** How often the claims of workers that fell silent are looked for. */
const SUPERVISE_SECONDS = 2;
/** Longest wait for workers when the queue closes; those that listen were stopped before. The least pg-boss takes. */
const STOP_MS = 1_000;

/** One worker's hold on a job. */
export type Claim = { name: string; id: string; retryCount: number };

export type SendOptions = {
  /** Seconds before it may be claimed. */
  delaySeconds?: number;
  /** Higher ones are claimed first; 0 unless given. */
  priority?: number;
};

/** The job queue: jobs are enqueued inside the caller's transaction and run by `src/worker`. */
export type Queue = {
  boss: PgBoss;
  /**
   * Enqueues a job when, and only if, `tx` commits.
   * While a job with the same key waits or runs, a second one is not made: sending is idempotent.
   */
  send(tx: Tx, name: string, key: string, data: object, options?: SendOptions): Promise<void>;
  /**
   * Completes the claimed job inside `tx`.
   *
   * @returns false if the claim was lost (another worker took over): the transaction must be given up.
   */
  complete(tx: Tx, job: Claim): Promise<boolean>;
  /**
   * Keeps claims alive; a claim without a sign of life is taken over after some seconds.
   *
   * @returns the ids of the jobs that are still claimed as they were.
   */
  beat(name: string, jobs: readonly Claim[]): Promise<ReadonlySet<string>>;
  /**
   * Gives a claimed job back unfinished, as if it had not been claimed: another worker may take it at once, and
   * no try is used up. Nothing happens if the claim was lost.
   */
  release(job: Claim): Promise<void>;
  /** Cancels every waiting and running job whose data contains `data`, inside `tx`. */
  cancel(tx: Tx, names: readonly string[], data: object): Promise<void>;
  /**
   * Calls `wake` when the queue may have jobs to claim: one was sent, by whichever process, or one that this process
   * has delayed is due.
   *
   * @returns a function that ends it.
   */
  onReady(name: string, wake: () => void): () => void;
  close(): Promise<void>;
};

/** A delayed job is looked for so long after it is due: the clock runs before its sender commits. Milliseconds. */
const DUE_MS = 20;

/** Somebody who waits for the jobs of a queue. */
type Waker = { name: string; wake: () => void };

/** Key of the advisory lock under which pg-boss makes its tables; ours, any number would do. */
const START_LOCK = 5_271_010;

type Ask = (query: pg.QueryConfig) => Promise<pg.QueryResult>;

/** Asks one connection one thing after the other: pg-boss asks several at once as it starts, which pg will refuse some day. */
function inOrder(client: pg.ClientBase): Ask {
  let last: Promise<unknown> = Promise.resolve();
  return (query) => {
    const answer = last.then(() => client.query(query));
    last = answer.catch(() => {});
    return answer;
  };
}

/**
 * Starts pg-boss over the database's own connections and makes the queues known; its tables are made
 * at the first start.
 *
 * @param policies queue name -> how its jobs are retried.
 */
export async function openQueue(
  database: Database,
  notifications: Notifications,
  policies: Readonly<Record<string, QueuePolicy>>,
  onError: (error: Error) => void,
): Promise<Queue> {
  const isEmbedded = !('url' in database.home);
  const wakers = new Set<Waker>();
  const wake = (isMeant: (waker: Waker) => boolean) => {
    for (const waker of wakers) if (isMeant(waker)) waker.wake();
  };
  // While pg-boss brings its tables up to date, which may take its time on many jobs: a connection without limits.
  let starting: Ask | null = null;
  const db: Db = {
    executeSql: (text, values) => {
      const isNamed = !isEmbedded && values?.length;
      const query = { text, values: values ?? [], ...(isNamed && { name: statementName(text) }) };
      return starting ? starting(query) : database.pool.query(query);
    },
    listen: async (channel, onPayload, onReconnect) => {
      const stop = await notifications.subscribe(
        channel,
        (payload) => {
          onPayload(payload);
          wake((waker) => waker.name === payload);
        },
        () => {
          onReconnect();
          wake(() => true);
        },
      );
      return { close: async () => stop() };
    },
  };
  const boss = new PgBoss({
    db,
    ...(isEmbedded && { backend: 'pglite' as const }),
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on('error', onError);
  await inTurn(database, async (client) => {
    starting = client && inOrder(client);
    await boss.start();
    starting = null;
    await boss.createQueue(DEAD_LETTERS, { notify: true });
    for (const [name, policy] of Object.entries(policies)) await declareQueue(boss, name, policy);
  });
  if (isEmbedded) await releaseClaimsOfDeadProcess(database);

  const wakeLater = (name: string, seconds: number) => {
    setTimeout(() => wake((waker) => waker.name === name), seconds * 1_000 + DUE_MS).unref();
  };

  return {
    boss,
    async send(tx, name, key, data, options = {}) {
      await boss.send(name, data, {
        db: fromPrisma(tx),
        singletonKey: key,
        ...(options.delaySeconds !== undefined && { startAfter: options.delaySeconds }),
        ...(options.priority !== undefined && { priority: options.priority }),
      });
      if (options.delaySeconds !== undefined) wakeLater(name, options.delaySeconds);
    },
    async complete(tx, { name, id, retryCount }) {
      const answer: { affected?: number } = await boss.complete(name, { id, retryCount }, null, {
        db: fromPrisma(tx),
      });
      return answer.affected === 1;
    },
    async beat(name, jobs) {
      const [ids, retries] = [jobs.map(({ id }) => id), jobs.map(({ retryCount }) => retryCount)];
      const { rows } = await database.pool.query<{ id: string }>(BEAT, [name, ids, retries]);
      return new Set(rows.map(({ id }) => id));
    },
    async release({ name, id, retryCount }) {
      const nextId = newId();
      const { rowCount } = await database.pool.query(RELEASE, [name, id, retryCount, nextId]);
      // An edit that changes nothing: pg-boss then wakes whoever waits for the queue.
      if (rowCount === 1) await boss.update(name, undefined, { id: nextId });
    },
    async cancel(tx, names, data) {
      for (const name of names) {
        const jobs = await boss.findJobs(name, { data, db: fromPrisma(tx) });
        const open = jobs.filter(
          ({ state }) => state === 'created' || state === 'retry' || state === 'active',
        );
        if (open.length > 0)
          await boss.cancel(
            name,
            open.map(({ id }) => id),
            { db: fromPrisma(tx) },
          );
      }
    },
    onReady(name, wakeUp) {
      const waker = { name, wake: wakeUp };
      wakers.add(waker);
      return () => wakers.delete(waker);
    },
    close: () => boss.stop({ close: false, graceful: true, timeout: STOP_MS }),
  };
}

/**
 * A claim is known by the job's id and retry count. pg-boss itself writes to the old claim once more when its
 * handler returns; with another id it misses whoever has the job by then. Without `started_on` the next claim
 * does not count as a retry.
 */
const RELEASE = `UPDATE pgboss.job SET id = $4, state = 'created', started_on = NULL, heartbeat_on = NULL
  WHERE name = $1 AND id = $2 AND retry_count = $3 AND state = 'active'`;

/**
 * pg-boss' own does not say for which jobs it worked. A row that somebody else is writing just now is left out, but
 * counts as ours still: to wait for it could end in a deadlock, for nobody locks rows in one order.
 */
const BEAT = `WITH ours AS MATERIALIZED (
    SELECT id FROM pgboss.job WHERE name = $1 AND state = 'active'
      AND (id, retry_count) IN (SELECT * FROM unnest($2::uuid[], $3::integer[]))),
  free AS MATERIALIZED (
    SELECT id FROM pgboss.job WHERE name = $1 AND state = 'active' AND id IN (SELECT id FROM ours)
    FOR UPDATE SKIP LOCKED),
  beaten AS (UPDATE pgboss.job SET heartbeat_on = pgboss.job_now() WHERE name = $1 AND id IN (SELECT id FROM free))
  SELECT id FROM ours`;

/** Lets processes that start at once make their tables one after another; pg-boss itself would race. */
async function inTurn(
  database: Database,
  start: (client: pg.ClientBase | null) => Promise<void>,
): Promise<void> {
  if (!('url' in database.home)) return start(null);
  const client = await database.pool.connect();
  try {
    await alone(client, START_LOCK, () => start(client));
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function declareQueue(boss: PgBoss, name: string, policy: QueuePolicy): Promise<void> {
  const options = {
    retryLimit: policy.retryLimit,
    retryDelay: policy.retryDelaySeconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deadLetter: DEAD_LETTERS,
    notify: true,
  };
  await boss.createQueue(name, { ...options, policy: 'exclusive' });
  // A queue met for the first time inside a transaction would be looked up outside of it, which
  // waits forever on the embedded database's one connection.
  await boss.findJobs(name, { id: newId() });
}

/** The embedded database has one process: whatever is still claimed was claimed by one that is gone. */
async function releaseClaimsOfDeadProcess(database: Database): Promise<void> {
  await database.pool.query(
    "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 day' WHERE state = 'active' AND heartbeat_seconds IS NOT NULL",
  );
}
