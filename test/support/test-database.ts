/** A fresh, migrated database for a test: on PostgreSQL where `TEST_DATABASE_URL` names a server, else embedded. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../../src/platform/database/database.ts';
import { findPostgres } from './needs.ts';

export type TestDatabase = {
  /** PostgreSQL; null for the embedded database in `dataDir`. */
  databaseUrl: string | null;
  /** Empty but for the embedded database. */
  dataDir: string;
  /** Removes all of it. */
  remove(): Promise<void>;
};

/** Makes a database that nobody else uses. */
export async function makeTestDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vidpipe-test-'));
  const removeFiles = () => rm(dataDir, { recursive: true, force: true });
  const server = findPostgres();
  if (server === null) {
    await cp(await embeddedTemplate(), dataDir, { recursive: true });
    return { databaseUrl: null, dataDir, remove: removeFiles };
  }
  const name = `vidpipe_test_${randomUUID().replaceAll('-', '')}`;
  await query(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const remove = async () => {
    await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await removeFiles();
  };
  return { databaseUrl: url.href, dataDir, remove };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const MIGRATIONS = 'prisma/migrations';
const TEMPLATES = 'node_modules/.cache/vidpipe-test';

/** A new embedded cluster takes seconds, a copy of a migrated one a moment: it is made once for a set of migrations. */
async function embeddedTemplate(): Promise<string> {
  const template = path.join(TEMPLATES, await migrationsDigest());
  if (existsSync(template)) return template;
  await mkdir(TEMPLATES, { recursive: true });
  const draft = await mkdtemp(path.join(TEMPLATES, 'draft-'));
  const database = await openDatabase({ directory: draft });
  await database.close();
  await rm(path.join(draft, 'lock'), { force: true });
  // Two at once: the first to finish wins, the other's draft is thrown away.
  await rename(draft, template).catch(() => rm(draft, { recursive: true, force: true }));
  return template;
}

async function migrationsDigest(): Promise<string> {
  const names = await readdir(MIGRATIONS, { withFileTypes: true });
  const folders = names.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const texts = folders.toSorted().map((name) => readFile(path.join(MIGRATIONS, name, 'migration.sql')));
  const hash = createHash('sha256');
  for (const text of await Promise.all(texts)) hash.update(text);
  return hash.digest('hex').slice(0, 16);
}
