import { once } from 'node:events';
import pg from 'pg';
import { EmbeddedStream } from './embedded-stream.ts';
import { EmbeddedThread } from './embedded-thread.ts';

/** Readies a session for whoever shares it; done before its first query. */
export type PrepareSession = (client: pg.ClientBase) => Promise<void>;

export type EmbeddedPool = {
  pool: pg.Pool;
  /** Prepares this and every later session: `pg` makes a new one after a failed query. */
  prepareSessions(prepare: PrepareSession): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the embedded database behind an ordinary `pg` pool of one connection.
 *
 * One, because PGlite has one session: a query waits while a transaction is open, so code inside a
 * transaction must use the transaction's own client.
 */
export async function openEmbeddedPool(
  directory: string,
  onLost: (reason: string) => void = () => {},
): Promise<EmbeddedPool> {
  const thread = await EmbeddedThread.start(directory, onLost);
  const streams = new Set<EmbeddedStream>();
  const connect = () => {
    const stream = new EmbeddedStream(thread);
    streams.add(stream);
    return stream.once('close', () => streams.delete(stream));
  };
  const preparations: PrepareSession[] = [];
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    stream: connect,
    onConnect: async (client) => {
      for (const prepare of preparations) await prepare(client);
    },
  });
  return {
    pool,
    async prepareSessions(prepare) {
      const client = await pool.connect();
      await prepare(client);
      preparations.push(prepare);
      client.release();
    },
    close: async () => {
      // The pool says goodbye without waiting for the answer; the thread must not be gone by then.
      const closed = [...streams].map((stream) => once(stream, 'close'));
      await pool.end();
      await Promise.all(closed);
      await thread.close();
    },
  };
}
