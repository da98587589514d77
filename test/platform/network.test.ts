/** What PostgreSQL's network does to one process; `npm run chaos -- --only network` is the whole. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/platform/database/database.ts';
import { connectServer } from '../../src/platform/database/server-connections.ts';
import { openEvents } from '../../src/platform/events.ts';
import { openNotifications } from '../../src/platform/notifications.ts';
import { findPostgres } from '../support/needs.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';

/** Instead of 18 seconds. */
const ANSWER_MILLISECONDS = 700;

test('without a single notification the log is looked at every few seconds', { tags: 'long' }, async () => {
  const silent = { subscribe: async () => () => {}, close: async () => {} };
  const events = await openEvents(silent);
  const told = await new Promise((resolve) => events.listen(resolve));
  expect(told).toBeNull();
  events.close();
});

describe.skipIf(findPostgres() === null)('on PostgreSQL', () => {
  let home: TestDatabase;
  let proxy: TcpProxy;
  let url: string;
  const opened: { close(): Promise<unknown> }[] = [];
  beforeAll(async () => {
    home = await makeTestDatabase();
    proxy = await startTcpProxy(home.databaseUrl!);
    url = proxy.through(home.databaseUrl!);
  });
  afterEach(async () => {
    proxy.heal();
    for (const part of opened.splice(0).toReversed()) await part.close();
  });
  afterAll(async () => {
    await proxy.close();
    await home.remove();
  });

  const openPool = () => {
    const { pool } = connectServer(url, ANSWER_MILLISECONDS);
    opened.push({ close: () => pool.end() });
    return pool;
  };
  const several = (pool: ReturnType<typeof openPool>, count: number) =>
    Promise.all(Array.from({ length: count }, () => pool.query('SELECT pg_sleep(0.05)')));

  test('a query on a connection that went dead ends with an error, and takes the other dead ones with it', async () => {
    const pool = openPool();
    await several(pool, 5);
    proxy.swallowOld();
    await expect(pool.query('SELECT 1')).rejects.toThrow('did not answer in time');
    const before = performance.now();
    await several(pool, 5);
    expect(performance.now() - before).toBeLessThan(ANSWER_MILLISECONDS);
  });

  test('a transaction on a dead connection gives its place in the pool back', async () => {
    const pool = openPool();
    const lost = Array.from({ length: 10 }, async () => {
      const client = await pool.connect();
      await client.query('BEGIN');
      return client;
    });
    const clients = await Promise.all(lost);
    proxy.swallowOld();
    await Promise.all(
      clients.map(async (client) => {
        await expect(client.query('SELECT 1')).rejects.toThrow('did not answer in time');
        await expect(client.query('ROLLBACK')).rejects.toThrow('not queryable');
        client.release();
      }),
    );
    await several(pool, 10);
  });

  test('while nothing passes queries fail, and soon after it passes again they succeed', async () => {
    const pool = openPool();
    await pool.query('SELECT 1');
    proxy.swallow();
    await expect(pool.query('SELECT 1')).rejects.toThrow('did not answer in time');
    proxy.heal();
    await pool.query('SELECT 1');
  });

  test('the answer to a COMMIT that never comes is no rollback: the row is there', async () => {
    const pool = openPool();
    await pool.query('CREATE TABLE kept (id int)');
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO kept VALUES (1)');
    const done = client.query('COMMIT');
    proxy.swallowAnswers();
    await expect(done).rejects.toThrow('whether it did what was asked is not known');
    client.release();
    proxy.heal();
    expect((await pool.query('SELECT count(*)::int AS rows FROM kept')).rows).toEqual([{ rows: 1 }]);
  });

  test('a statement ends on the server before anybody gives up on its answer', async () => {
    const { rows } = await openPool().query('SHOW statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '15s' }]);
  });

  test.each(['swallowOld', 'halfOpen'] as const)(
    'a listening connection is made anew within 15 s of %s, and says that something may be missed',
    async (fault) => {
      const database = await openDatabase({ url });
      opened.push(database);
      const notifications = await openNotifications(database);
      opened.push(notifications);
      const gap = Promise.withResolvers<void>();
      const heard = Promise.withResolvers<string>();
      await notifications.subscribe('test', heard.resolve, gap.resolve);
      const before = performance.now();
      proxy[fault]();
      await gap.promise;
      expect(performance.now() - before).toBeLessThan(15_000);
      const other = connectServer(home.databaseUrl!);
      opened.push({ close: () => other.pool.end() });
      await other.pool.query(`SELECT pg_notify('test', 'hello')`);
      expect(await heard.promise).toBe('hello');
    },
  );

  test.each(['America/New_York', 'Asia/Tokyo'])('instants are instants on a database in %s', async (zone) => {
    const other = await makeTestDatabase();
    opened.push({ close: () => other.remove() });
    const name = new URL(other.databaseUrl!).pathname.slice(1);
    const { pool } = connectServer(home.databaseUrl!);
    await pool.query(`ALTER DATABASE ${name} SET timezone = '${zone}'`);
    await pool.query(`ALTER DATABASE ${name} SET datestyle = 'German'`);
    await pool.query(`ALTER ROLE CURRENT_USER IN DATABASE ${name} SET statement_timeout = '1h'`);
    await pool.end();
    const options = `?options=${encodeURIComponent(`-c TimeZone=${zone} -c search_path=public`)}`;
    const database = await openDatabase({ url: `${other.databaseUrl}${options}` });
    opened.push(database);
    const createdAt = new Date('2026-03-29T01:30:00.123Z');
    const id = '00000000-0000-7000-8000-00000000000f';
    await database.prisma.workspace.create({ data: { id, name: 'Other', createdAt } });
    const { rows } = await database.pool.query(
      `SELECT extract(epoch FROM created_at) * 1000 AS written, extract(epoch FROM now()) * 1000 AS now
       FROM workspaces WHERE id = '${id}'`,
    );
    expect(Number(rows[0].written)).toBe(createdAt.getTime());
    expect(Math.abs(Number(rows[0].now) - Date.now())).toBeLessThan(60_000);
    expect(await database.prisma.workspace.findUniqueOrThrow({ where: { id } })).toMatchObject({ createdAt });
    expect((await database.pool.query('SHOW statement_timeout')).rows[0].statement_timeout).toBe('15s');
  });
});
