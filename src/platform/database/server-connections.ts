/** Connections to a PostgreSQL server: what each is set to, and how long anybody waits for it. */
import pg from 'pg';
import { BoundedClient } from './bounded-client.ts';

/** Longest wait for a connection that somebody else has. */
const POOL_MILLISECONDS = 10_000;
const CONNECT_MILLISECONDS = 5_000;
/** Longest a statement may run, waiting for locks included; ours: none of the product's takes a second. */
const STATEMENT_MILLISECONDS = 15_000;
/** Longest wait for an answer: longer than the server works on it, short enough that a dead network is over in 30 s. */
const ANSWER_MILLISECONDS = STATEMENT_MILLISECONDS + 3_000;
/** The same for what readies a connection, and takes the server no time. */
const BRIEF_MILLISECONDS = 5_000;
/** First of TCP's own probes; Node sends ten of them, a second apart. */
const KEEP_ALIVE_MILLISECONDS = 10_000;
/** Shorter than networks remember a silent connection: 350 s on AWS, 4 minutes on Azure. */
const IDLE_MILLISECONDS = 10_000;
/** So that all connections have moved some time after a failover, or a new address of the name. */
const LIFETIME_SECONDS = 30 * 60;
/**
 * A process that stands still in a transaction (a paused machine, a lost network) keeps what it locked from everybody
 * else; PostgreSQL then ends its session. None of our transactions waits for anything but the database.
 */
const FROZEN_MILLISECONDS = 10_000;

/**
 * Set once connected, so that neither the address nor a role, a database or a server sets anything else, and poolers
 * let us in, which refuse `options`. Without the time zone, adapter-pg reads and writes other instants; without the
 * formats, it reads none.
 */
const SESSION = Object.entries({
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  client_encoding: 'UTF8',
  default_transaction_isolation: 'read committed',
  statement_timeout: STATEMENT_MILLISECONDS,
  lock_timeout: 0,
  idle_in_transaction_session_timeout: FROZEN_MILLISECONDS,
})
  .map(([name, value]) => `SET ${name} = '${value}'`)
  .join('; ');

export type ServerConnections = {
  /** At most ten, made as they are needed; one that is dead is thrown away. */
  pool: pg.Pool;
  /** Makes one beside the pool, not yet connected; whoever asks for it ends it. */
  open(): BoundedClient;
};

/**
 * Prepares the ways to the server that `url` names; nothing is connected yet.
 *
 * @param answerMilliseconds longest wait for an answer on connections of the pool.
 */
export function connectServer(url: string, answerMilliseconds = ANSWER_MILLISECONDS): ServerConnections {
  const all = new Set<BoundedClient>();
  const options = {
    connectionString: url,
    connectMilliseconds: CONNECT_MILLISECONDS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
    answerMilliseconds,
    // What took one connection may have taken them all: those of which nothing was heard since are made anew.
    onSilence: (sentAt: number) => {
      for (const client of all)
        if (client.wasSilentSince(sentAt)) client.cut('Another connection was found dead.');
    },
  };
  const pool = new pg.Pool({
    ...options,
    connectionTimeoutMillis: POOL_MILLISECONDS,
    Client: BoundedClient as unknown as new () => pg.ClientBase,
    idleTimeoutMillis: IDLE_MILLISECONDS,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    onConnect: (client) => readySession(client as BoundedClient),
  });
  pool.on('connect', (client) => {
    const bounded = client as unknown as BoundedClient;
    all.add(bounded);
    bounded.once('end', () => all.delete(bounded));
  });
  // A connection lost while idle is replaced at the next query, which reports the loss itself.
  pool.on('error', () => {});
  return { pool, open: () => new BoundedClient({ ...options, answerMilliseconds: BRIEF_MILLISECONDS }) };
}

async function readySession(client: BoundedClient): Promise<void> {
  await client.queryWithin(BRIEF_MILLISECONDS, SESSION);
}

/**
 * Does work that may take its time on one connection: a migration, a wait for another process. Only TCP's keep-alive
 * tells of a dead server meanwhile. The connection is of no more use if this throws.
 */
export async function withoutLimits<Result>(
  client: pg.ClientBase,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!(client instanceof BoundedClient)) return work();
  await client.query('SET statement_timeout = 0');
  const usual = client.answerMilliseconds;
  client.answerMilliseconds = Infinity;
  const result = await work();
  client.answerMilliseconds = usual;
  await client.query(`SET statement_timeout = ${STATEMENT_MILLISECONDS}`);
  return result;
}
