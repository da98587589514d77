import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { scopeOf, scopesOf } from '../../src/core/scopes.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { followLog } from '../../src/features/audit/live/read-log.ts';
import { deleteBelow } from '../../src/features/audit/log/retention.sql.ts';
import type { Tx } from '../../src/platform/database/database.ts';

import { findPostgres } from '../support/needs.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const projectId = newId();
const write = (tx: Tx, message: string) =>
  recordAudit(tx, platform.ctx.actor, {
    subject: { type: 'Project', id: projectId },
    scopes: scopesOf({ Project: projectId }),
    eventType: 'STATE_CHANGE',
    message,
  });

async function read(count: number, after: string | null = '0'): Promise<string[]> {
  const messages: string[] = [];
  for await (const { message } of await followLog(
    platform.ctx,
    { scope: scopeOf('Project', projectId) },
    after,
  )) {
    messages.push(message);
    if (messages.length === count) break;
  }
  return messages;
}

test('a refused write leaves no entry', async () => {
  const refused = platform.db.$transaction(async (tx) => {
    await write(tx, 'never');
    throw new Error('refused');
  });
  await expect(refused).rejects.toThrow('refused');
  expect(await platform.db.auditLog.count({ where: { message: 'never' } })).toBe(0);
});

test('entries of one transaction keep their order', async () => {
  await platform.db.$transaction(async (tx) => {
    for (const message of ['a', 'b', 'c']) await write(tx, message);
  });
  expect(await read(3)).toEqual(['a', 'b', 'c']);
});

test('a follower sees what is committed after it came, without being asked again', async () => {
  const follower = await followLog(platform.ctx, { scope: scopeOf('Project', projectId) }, null);
  const next = follower.next();
  await platform.db.$transaction((tx) => write(tx, 'live'));
  expect((await next).value?.message).toBe('live');
  await follower.return?.();
});

test('a follower that leaves while it waits is let go at once', async () => {
  const follower = await followLog(platform.ctx, { scope: scopeOf('Project', projectId) }, null);
  const next = follower.next();
  await follower.return?.();
  expect(await next).toEqual({ value: undefined, done: true });
});

test('a malformed cursor is refused by name', async () => {
  await expect(
    followLog(platform.ctx, { scope: scopeOf('Project', projectId) }, 'yesterday'),
  ).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    inputPath: ['after'],
  });
});

test('an entry can neither be changed nor renumbered', async () => {
  await expect(platform.database.pool.query("UPDATE audit_logs SET message = 'changed'")).rejects.toThrow(
    'append-only',
  );
  await expect(
    platform.database.pool.query('UPDATE audit_logs SET sequence = sequence + 1000'),
  ).rejects.toThrow('append-only');
});

test('an entry can be removed by nobody but retention, and the log not be emptied', async () => {
  const { pool } = platform.database;
  const before = await platform.db.auditLog.count();
  for (const statement of [
    'DELETE FROM audit_logs',
    'DELETE FROM audit_logs WHERE false',
    'TRUNCATE audit_logs',
    "SET vidpipe.retention = 'off'; DELETE FROM audit_logs",
    "BEGIN; SET LOCAL vidpipe.retention = 'on'; TRUNCATE audit_logs",
  ]) {
    const client = await pool.connect();
    await expect(client.query(statement)).rejects.toThrow('append-only');
    await client.query('ROLLBACK; RESET vidpipe.retention');
    client.release();
  }
  await platform.db.$transaction((tx) => deleteBelow(tx, 0n));
  await expect(platform.db.auditLog.deleteMany()).rejects.toThrow('append-only');
  expect(await platform.db.auditLog.count()).toBe(before);
});

test('an entry is not renumbered by the transaction that writes it either', async () => {
  const renumbered = platform.db.$transaction(async (tx) => {
    await write(tx, 'first in line');
    await tx.auditLog.updateMany({ where: { sequence: null }, data: { sequence: 1_000_000n } });
  });
  await expect(renumbered).rejects.toThrow('append-only');
});

test.skipIf(findPostgres() === null)('a slow transaction that wrote first is never skipped', async () => {
  const seen: string[] = [];
  const follower = await followLog(platform.ctx, { scope: scopeOf('Project', projectId) }, null);
  const pump = (async () => {
    for await (const { message } of follower) if (seen.push(message) === 2) break;
  })();

  const released = Promise.withResolvers<void>();
  const wrote = Promise.withResolvers<void>();
  const slow = platform.db.$transaction(async (tx) => {
    await write(tx, 'slow');
    wrote.resolve();
    await released.promise;
  });
  await wrote.promise;
  await platform.db.$transaction((tx) => write(tx, 'fast'));
  released.resolve();
  await slow;
  await pump;
  expect(seen).toEqual(['fast', 'slow']);
});
