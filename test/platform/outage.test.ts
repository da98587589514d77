import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { connectServer } from '../../src/platform/database/server-connections.ts';
import { isOutage, throughOutages } from '../../src/platform/database/outage.ts';
import { findPostgres } from '../support/needs.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';

/** What some work fails with. */
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

const goOn = async (tx: Pick<PrismaClient, '$queryRaw'>) => void (await tx.$queryRaw`SELECT 2`);

describe.skipIf(findPostgres() === null)('a database that cannot be asked', () => {
  let home: TestDatabase;
  let proxy: TcpProxy;
  let prisma: PrismaClient;
  let end: () => Promise<void>;
  beforeAll(async () => {
    home = await makeTestDatabase();
    proxy = await startTcpProxy(home.databaseUrl!);
    const { pool } = connectServer(proxy.through(home.databaseUrl!), 700);
    end = () => pool.end();
    prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    await prisma.$executeRaw`CREATE TABLE written (id int PRIMARY KEY)`;
  });
  afterEach(async () => {
    proxy.heal();
    await throughOutages(() => prisma.$queryRaw`SELECT 1`);
  });
  afterAll(async () => {
    await prisma.$disconnect();
    await end();
    await proxy.close();
    await home.remove();
  });

  const query = () => prisma.$queryRaw`SELECT 1`;
  /** A transaction during which, or at whose end, something happens to the network. */
  const transaction = (fault: () => void, then = async (tx: Pick<PrismaClient, '$queryRaw'>) => void tx) =>
    prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`;
      fault();
      await then(tx);
    });
  test.each(['swallowOld', 'reset', 'halfOpen', 'swallow'] as const)(
    'is told from one that refuses, whatever is lost and when: %s',
    async (name) => {
      await query();
      const fault = () => proxy[name]();
      expect(isOutage(await failure(transaction(fault)))).toBe(true);
      proxy.heal();
      await throughOutages(query);
      expect(isOutage(await failure(transaction(fault, goOn)))).toBe(true);
    },
  );

  test('is none where it refuses', async () => {
    await prisma.$executeRaw`INSERT INTO written VALUES (1)`;
    expect(isOutage(await failure(prisma.$executeRaw`INSERT INTO written VALUES (1)`))).toBe(false);
    expect(isOutage(await failure(prisma.$queryRaw`SELECT no_such_column`))).toBe(false);
    await expect(throughOutages(() => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
  });

  test('is waited for, and what a lost answer hides is not done twice', async () => {
    let tries = 0;
    const write = () =>
      prisma.$transaction(async (tx) => {
        tries += 1;
        await tx.$executeRaw`INSERT INTO written VALUES (2) ON CONFLICT DO NOTHING`;
        if (tries === 1) proxy.swallowAnswers();
      });
    const written = throughOutages(write);
    await expect.poll(() => tries).toBe(1);
    // After the answer to the COMMIT was lost.
    await expect.poll(async () => (await rows()).length, { timeout: 5_000 }).toBe(1);
    proxy.heal();
    await written;
    expect(tries).toBeGreaterThan(1);
    expect(await rows()).toHaveLength(1);
  });

  async function rows(): Promise<unknown[]> {
    const { pool } = connectServer(home.databaseUrl!);
    const found = await pool.query('SELECT id FROM written WHERE id = 2');
    await pool.end();
    return found.rows;
  }
});
