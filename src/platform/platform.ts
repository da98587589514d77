import type { Ctx, IngestLimits } from './context.ts';
import { openBulk } from './database/bulk.ts';
import { type Database, openDatabase } from './database/database.ts';
import { openEvents } from './events.ts';
import type { Log } from './log.ts';
import { type Notifications, openNotifications } from './notifications.ts';
import { openOutbound, type Outbound } from './outbound/outbound.ts';
import { Pulse } from './pulse.ts';
import { openQueue, type QueuePolicy } from './queue.ts';
import { openSecrets } from './secrets/secrets.ts';
import { openStorage } from './storage/open-storage.ts';

/** Everything a feature needs of the world but the actor. */
export type Platform = Omit<Ctx, 'actor'> & {
  database: Database;
  notifications: Notifications;
  /** Closes all of it, in the order in which nothing is still needed. */
  close(): Promise<void>;
};

/** As the setting `VIDPIPE_INGEST_GIGABYTES` is without a value. */
const MOST_BYTES = 20e9;

export type PlatformOptions = {
  /** PostgreSQL; null for the embedded database in `dataDir`. */
  databaseUrl: string | null;
  /** Holds the embedded database, work in progress, and every file unless `storageUrl` puts them elsewhere. */
  dataDir: string;
  /** As in setting `VIDPIPE_STORAGE_URL`; null, as if absent, for the folder `files` in `dataDir`. */
  storageUrl?: string | null;
  /** Calls addresses of strangers' choosing; public ones only unless given. */
  outbound?: Outbound;
  /** What may be brought in from outside; nothing of this machine unless given. */
  ingest?: IngestLimits;
  /** As in setting `VIDPIPE_SECRET_KEY`; null, as if absent, for a key in `dataDir`, or none on PostgreSQL. */
  secretKey?: string | null;
  /** Queue name -> how its jobs are retried. */
  policies: Readonly<Record<string, QueuePolicy>>;
};

/**
 * Opens database, notifications, queue and storage, or none of them.
 *
 * @throws {DirectoryInUseError} if another process has `dataDir`.
 * @throws {StorageUnreachableError} if the bucket of `storageUrl` cannot be used.
 * @throws {Error} if PostgreSQL cannot be reached or a migration fails.
 */
export async function openPlatform(
  {
    databaseUrl,
    dataDir,
    storageUrl = null,
    outbound = openOutbound({ networks: null }),
    ingest = { folder: null, mostBytes: MOST_BYTES },
    secretKey = null,
    policies,
  }: PlatformOptions,
  log: Log,
): Promise<Platform> {
  const opened = new AsyncDisposableStack();
  try {
    const pulse = new Pulse();
    const onLost = (reason: string) => pulse.lose(reason);
    const database = await openDatabase(
      databaseUrl === null ? { directory: dataDir, onLost } : { url: databaseUrl },
    );
    opened.defer(() => database.close());
    const notifications = await openNotifications(database, pulse);
    opened.defer(() => notifications.close());
    const events = await openEvents(notifications);
    opened.defer(() => events.close());
    const onError = (error: Error) => log.error({ err: error }, 'queue');
    const queue = await openQueue(database, notifications, policies, onError);
    opened.defer(() => queue.close());
    const ownDirectory = databaseUrl === null ? dataDir : null;
    const secrets = openSecrets({ keys: secretKey, ownDirectory });
    const storage = await openStorage({ url: storageUrl, dataDir });
    opened.defer(() => storage.close());
    return {
      db: database.prisma,
      bulk: openBulk(database.pool),
      database,
      notifications,
      events,
      queue,
      storage,
      outbound,
      ingest,
      secrets,
      pulse,
      close: () => opened.disposeAsync(),
    };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}
