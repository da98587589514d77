import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { ownFolder } from '../owner-only.ts';
import { lockDirectory } from './directory-lock.ts';
import { type EmbeddedPool, openEmbeddedPool } from './embedded-pool.ts';
import { startHousekeeping } from './housekeeping.ts';
import { tellLostCommits } from './lost-commit.ts';
import { migrate } from './migrate.ts';
import { connectServer, type ServerConnections } from './server-connections.ts';
import { statementName } from './statement-names.ts';

/** Client inside a transaction; inside one, nothing else may reach the database. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

export type Database = {
  prisma: PrismaClient;
  /** The connections Prisma uses too: for hot SQL, the queue and NOTIFY. */
  pool: pg.Pool;
  /** Where PostgreSQL is, or the one session of the embedded database. */
  home: ({ url: string } & Pick<ServerConnections, 'open'>) | Pick<EmbeddedPool, 'prepareSessions'>;
  close(): Promise<void>;
};

export type DatabaseOptions =
  /** PostgreSQL 15 or newer. */
  | { url: string }
  /** Embedded, in `<directory>/database`; null keeps it in memory. `onLost` is told why it stopped by itself, for good. */
  | { directory: string | null; onLost?: (reason: string) => void };

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
    'url' in options ? openServer(options.url) : await openEmbedded(options.directory, options.onLost);
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
  tellLostCommits(prisma);
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

function openServer(url: string) {
  const connections = connectServer(url);
  const { pool } = connections;
  return { pool, home: { url, open: () => connections.open() }, close: () => pool.end() };
}

/** Closed to others: PGlite makes its files writable to everybody, whatever the umask. */
function ownHome(directory: string): string {
  const folder = path.join(directory, 'database');
  ownFolder(folder);
  return folder;
}

async function openEmbedded(directory: string | null, onLost?: (reason: string) => void) {
  const unlock = directory === null ? () => {} : lockDirectory(directory);
  try {
    const embedded = await openEmbeddedPool(directory === null ? 'memory://' : ownHome(directory), onLost);
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
