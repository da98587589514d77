import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from './database/database.ts';
import type { EmbeddedPool, PrepareSession } from './database/embedded-pool.ts';

const RECONNECT_MILLISECONDS = 500;

type Subscriber = { onPayload(payload: string): void; onGap(): void };

/** LISTEN for the whole process: on one connection of its own, or on the embedded database's only one. */
export type Notifications = {
  /**
   * Calls `onPayload` for each NOTIFY on `channel`, after its commit, in commit order.
   * `onGap` says that some may have been missed, because the connection was lost.
   *
   * @returns a function that ends it.
   */
  subscribe(channel: string, onPayload: (payload: string) => void, onGap: () => void): Promise<() => void>;
  close(): Promise<void>;
};

/** Starts to LISTEN. A lost connection is made again until `close`. */
export async function openNotifications(database: Database): Promise<Notifications> {
  const channels = new Map<string, Set<Subscriber>>();

  const attach: PrepareSession = async (client) => {
    client.on('notification', ({ channel, payload }) => {
      for (const subscriber of channels.get(channel) ?? []) subscriber.onPayload(payload ?? '');
    });
    for (const channel of channels.keys()) await client.query(listen(channel));
  };
  const onGap = () => {
    for (const subscribers of channels.values()) for (const subscriber of subscribers) subscriber.onGap();
  };
  const connection =
    'url' in database.home
      ? await connectToServer(database.home.url, attach, onGap)
      : await shareSession(database.home, database.pool, attach);

  return {
    async subscribe(channel, onPayload, onSubscriberGap) {
      const subscriber = { onPayload, onGap: onSubscriberGap };
      const subscribers = channels.get(channel) ?? new Set();
      channels.set(channel, subscribers.add(subscriber));
      if (subscribers.size === 1) await connection.query(listen(channel));
      return () => subscribers.delete(subscriber);
    },
    close: () => connection.close(),
  };
}

type Connection = { query(sql: string): Promise<unknown>; close(): Promise<void> };

const listen = (channel: string) => `LISTEN ${pg.escapeIdentifier(channel)}`;

/** The embedded database has one session: its notifications arrive in-band with any query's answer. */
async function shareSession(
  home: Pick<EmbeddedPool, 'prepareSessions'>,
  pool: pg.Pool,
  attach: PrepareSession,
): Promise<Connection> {
  await home.prepareSessions(attach);
  return { query: (sql) => pool.query(sql), close: async () => {} };
}

async function connectToServer(url: string, attach: PrepareSession, onGap: () => void): Promise<Connection> {
  const stop = new AbortController();

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true });
    fresh.once('error', () => fresh.end().catch(() => {}));
    fresh.once('end', () => void replace(fresh));
    await fresh.connect();
    await attach(fresh);
    return fresh;
  }

  async function replace(lost: pg.Client): Promise<void> {
    while (lost === client && !stop.signal.aborted) {
      try {
        client = await connect();
        onGap();
      } catch {
        // The server may be restarting; whoever queries meanwhile reports the outage.
        await delay(RECONNECT_MILLISECONDS, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
  }

  let client = await connect();
  return {
    query: (sql) => client.query(sql),
    close: async () => {
      stop.abort();
      await client.end();
    },
  };
}
