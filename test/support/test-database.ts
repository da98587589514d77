/** A fresh, migrated database for a test: on PostgreSQL where `TEST_DATABASE_URL` names a server, else embedded. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import { makeDataDir } from './embedded-template.ts';
import { findPostgres } from './needs.ts';
import { temporaryFolder } from './temporary/folder.ts';

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
  const server = findPostgres();
  const dataDir = server === null ? await makeDataDir() : temporaryFolder('test');
  const removeFiles = () => rm(dataDir, { recursive: true, force: true });
  if (server === null) return { databaseUrl: null, dataDir, remove: removeFiles };
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
