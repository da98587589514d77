import type pg from 'pg';
import type { Database } from './database/database.ts';
import type { EmbeddedPool } from './database/embedded-pool.ts';
import { Pulse } from './pulse.ts';
import { ListenConnection, type ListenOptions, listenSql } from './listen-connection.ts';

type Notified = Parameters<ListenOptions['onNotification']>[0];
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

/** Starts to LISTEN. A connection that is lost, or dead without a word, is made again until `close`. */
export async function openNotifications(database: Database, pulse = new Pulse()): Promise<Notifications> {
  const channels = new Map<string, Set<Subscriber>>();

  const onNotification = ({ channel, payload = '' }: Notified) => {
    for (const subscriber of channels.get(channel) ?? []) subscriber.onPayload(payload);
  };
  const onGap = () => {
    for (const subscribers of channels.values()) for (const subscriber of subscribers) subscriber.onGap();
  };
  const connection =
    'url' in database.home
      ? await ListenConnection.open({ open: database.home.open, onNotification, onGap, pulse })
      : await shareSession(database.home, database.pool, onNotification);

  return {
    async subscribe(channel, onPayload, onSubscriberGap) {
      const subscriber = { onPayload, onGap: onSubscriberGap };
      const subscribers = channels.get(channel) ?? new Set();
      channels.set(channel, subscribers.add(subscriber));
      if (subscribers.size === 1) await connection.listen(channel);
      return () => subscribers.delete(subscriber);
    },
    close: () => connection.close(),
  };
}

type Connection = Pick<ListenConnection, 'listen' | 'close'>;

/** The embedded database has one session: its notifications arrive in-band with any query's answer. */
async function shareSession(
  home: Pick<EmbeddedPool, 'prepareSessions'>,
  pool: pg.Pool,
  onNotification: (notification: Notified) => void,
): Promise<Connection> {
  const listened = new Set<string>();
  await home.prepareSessions(async (client) => {
    client.on('notification', onNotification);
    for (const channel of listened) await client.query(listenSql(channel));
  });
  return {
    listen(channel) {
      listened.add(channel);
      return pool.query(listenSql(channel));
    },
    close: async () => {},
  };
}
