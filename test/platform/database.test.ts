import { chmod, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { openNotifications } from '../../src/platform/notifications.ts';
import { makeDataDir } from '../support/embedded-template.ts';
import { findPostgres } from '../support/needs.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';

const modeOfHome = async (directory: string) => (await stat(path.join(directory, 'database'))).mode & 0o777;

let database: Database;
let home: TestDatabase;
beforeAll(async () => {
  home = await makeTestDatabase();
  database = await openDatabase(home.databaseUrl ? { url: home.databaseUrl } : { directory: home.dataDir });
});
afterAll(async () => {
  await database.close();
  await home.remove();
});

test(
  'a data directory serves one process at a time, and is free again after it',
  { tags: 'long' },
  async () => {
    const directory = temporaryFolder('database');
    const first = await openDatabase({ directory });
    expect(await modeOfHome(directory)).toBe(0o700);
    await expect(openDatabase({ directory })).rejects.toMatchObject({ name: 'DirectoryInUseError' });
    await first.close();
    const second = await openDatabase({ directory });
    expect(await second.prisma.workspace.count()).toBe(1);
    await second.close();
  },
);

test('nobody else enters the folder of an embedded database, also one that was open to others', async () => {
  const directory = await makeDataDir();
  await chmod(path.join(directory, 'database'), 0o755);
  await (await openDatabase({ directory })).close();
  expect(await modeOfHome(directory)).toBe(0o700);
});

test.each([
  [
    'a changed migration',
    `UPDATE _prisma_migrations SET checksum = 'other' WHERE migration_name LIKE '%ranges'`,
    /ranges was changed after it was applied/,
  ],
  [
    'a database newer than this build',
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '20990101000000_future', now())`,
    /does not know: 20990101000000_future/,
  ],
])('%s stops the start by its name', async (_what, sql, message) => {
  const before = await database.pool.query('SELECT * FROM _prisma_migrations');
  await database.pool.query(sql);
  await expect(migrate(database.pool, 'prisma/migrations')).rejects.toThrow(message);
  await database.pool.query('DELETE FROM _prisma_migrations WHERE id = $1', ['x']);
  for (const { id, checksum } of before.rows) {
    await database.pool.query('UPDATE _prisma_migrations SET checksum = $2 WHERE id = $1', [id, checksum]);
  }
  expect(await migrate(database.pool, 'prisma/migrations')).toEqual([]);
});

test('an instant is the same when it comes back', async () => {
  const createdAt = new Date('2026-03-29T01:30:00.123Z');
  const { id } = await database.prisma.workspace.create({
    data: { id: '00000000-0000-7000-8000-00000000000f', name: 'Other', createdAt },
  });
  expect((await database.prisma.workspace.findUniqueOrThrow({ where: { id } })).createdAt).toEqual(createdAt);
});

test('a notification arrives after a failed query too', async () => {
  const notifications = await openNotifications(database);
  const heard = Promise.withResolvers<string>();
  await notifications.subscribe('test', heard.resolve, () => {});
  await expect(database.pool.query('SELECT no_such_column')).rejects.toThrow('no_such_column');
  await database.pool.query(`SELECT pg_notify('test', 'hello')`);
  expect(await heard.promise).toBe('hello');
  await notifications.close();
});

test.skipIf(findPostgres() === null)(
  'what a frozen process locked in a transaction is free again after ten seconds, and the process lives on',
  { timeout: 30_000 },
  async () => {
    const frozen = database.prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM workspaces FOR UPDATE`;
        await new Promise((resolve) => setTimeout(resolve, 12_000));
        await tx.workspace.count();
      },
      { timeout: 20_000 },
    );
    await expect
      .poll(async () => {
        const { rows } = await database.pool.query('SELECT 1 FROM workspaces FOR UPDATE SKIP LOCKED');
        return rows.length;
      })
      .toBe(0);
    const since = performance.now();
    await database.pool.query('SELECT 1 FROM workspaces FOR UPDATE');
    expect(performance.now() - since).toBeGreaterThan(8_000);
    await expect(frozen).rejects.toThrow(/connection/i);
    expect(await database.prisma.workspace.count()).toBeGreaterThan(0);
  },
);
