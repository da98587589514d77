import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { alone } from './start-lock.ts';

/** The advisory lock Prisma's own engine takes, so that `prisma migrate deploy` and a start never race. */
const PRISMA_MIGRATE_LOCK = 72_707_369;

/** Prisma's own table, as its engine makes it. */
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

type Applied = { migration_name: string; checksum: string; finished_at: Date | null };
type Migration = { name: string; sql: string; checksum: string };

/**
 * Brings the database up to this build, recording each migration as `prisma migrate deploy` would.
 *
 * Each migration is one transaction. Two processes at once: the second waits, then finds nothing to do.
 *
 * @returns names of the migrations applied now.
 * @throws {Error} if a migration failed, was changed after it was applied, or is newer than this build.
 */
export async function migrate(pool: pg.Pool, directory: string): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const client = await pool.connect();
  try {
    const applied = await alone(client, PRISMA_MIGRATE_LOCK, async () => {
      const pending = findPending(migrations, await readApplied(client));
      for (const migration of pending) await apply(client, migration);
      return pending.map(({ name }) => name);
    });
    client.release();
    return applied;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const sql = await readFile(path.join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function readApplied(client: pg.PoolClient): Promise<Map<string, Applied>> {
  await client.query(MIGRATIONS_TABLE);
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

function findPending(migrations: Migration[], applied: Map<string, Applied>): Migration[] {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(`the database has migrations this build does not know: ${unknown.join(', ')}`);
  }
  return migrations.filter(({ name, checksum }) => {
    const row = applied.get(name);
    if (!row) return true;
    if (!row.finished_at) {
      throw new Error(`migration ${name} failed earlier; resolve it with "prisma migrate resolve"`);
    }
    if (row.checksum !== checksum) throw new Error(`migration ${name} was changed after it was applied`);
    return false;
  });
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
