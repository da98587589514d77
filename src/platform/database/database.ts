import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { lockDirectory } from './directory-lock.ts';
import { type EmbeddedPool, openEmbeddedPool } from './embedded-pool.ts';
import { startHousekeeping } from './housekeeping.ts';
import { migrate } from './migrate.ts';
import { statementName } from './statement-names.ts';

/** Client inside a transaction; inside one, nothing else may reach the database. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

export type Database = {
  prisma: PrismaClient;
  /** The connections Prisma uses too: for hot SQL, the queue and NOTIFY. */
  pool: pg.Pool;
  /** Where PostgreSQL is, or the one session of the embedded database. */
  home: { url: string } | Pick<EmbeddedPool, 'prepareSessions'>;
  close(): Promise<void>;
};

export type DatabaseOptions =
  /** PostgreSQL 15 or newer. */
  | { url: string }
  /** Embedded, in `<directory>/database`; null keeps it in memory. */
  | { directory: string | null };

/** Milliseconds. Patient: on the embedded database's one connection, transactions queue behind each other. */
const TRANSACTION = { maxWait: 30_000, timeout: 30_000 };

const MIGRATIONS = path.join(import.meta.dirname, '../../../prisma/migrations');

/**
 * Opens the database, embedded or PostgreSQL, and brings its tables up to this build.
 *
 * @throws {DirectoryInUseError} if another process has the data directory.
 * @throws {Error} if PostgreSQL cannot be reached or a migration fails.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { pool, home, close } =
    'url' in options ? openServer(options.url) : await openEmbedded(options.directory);
  try {
    await migrate(pool, MIGRATIONS);
  } catch (error) {
    await close();
    throw error;
  }
  // The embedded database's one connection is faster without: PGlite keeps no plans.
  const named =
    'url' in options ? { statementNameGenerator: ({ sql }: { sql: string }) => statementName(sql) } : {};
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, named), transactionOptions: TRANSACTION });
  return {
    prisma,
    pool,
    home,
    close: async () => {
      await prisma.$disconnect();
      await close();
    },
  };
}

/**
 * A process that stands still in a transaction (a paused machine, a lost network) keeps what it locked from everybody
 * else; PostgreSQL then ends its session. None of our transactions waits for anything but the database.
 */
const FROZEN_MILLISECONDS = 10_000;

function openServer(url: string) {
  const pool = new pg.Pool({
    connectionString: url,
    // Without the time zone, adapter-pg reads timestamps as other instants.
    options: `-c TimeZone=UTC -c idle_in_transaction_session_timeout=${FROZEN_MILLISECONDS}`,
    connectionTimeoutMillis: 10_000,
  });
  // A connection lost while idle is replaced at the next query, which reports the loss itself.
  pool.on('error', () => {});
  return { pool, home: { url }, close: () => pool.end() };
}

async function openEmbedded(directory: string | null) {
  const unlock = directory === null ? () => {} : lockDirectory(directory);
  try {
    const embedded = await openEmbeddedPool(
      directory === null ? 'memory://' : path.join(directory, 'database'),
    );
    const stopHousekeeping = startHousekeeping(embedded.pool);
    const close = async () => {
      stopHousekeeping();
      await embedded.close();
      unlock();
    };
    return { pool: embedded.pool, home: embedded, close };
  } catch (error) {
    unlock();
    throw error;
  }
}
