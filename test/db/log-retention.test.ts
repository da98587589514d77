import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { scopeOf, scopesOf } from '../../src/core/scopes.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { followLog, positionOf } from '../../src/features/audit/live/read-log.ts';
import { forgetEntries } from '../../src/features/audit/log/retention.ts';
import { removeEntries } from '../support/forget-entries.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const projectId = newId();
const write = (message: string) =>
  platform.db.$transaction((tx) =>
    recordAudit(tx, platform.ctx.actor, {
      subject: { type: 'Project', id: projectId },
      scopes: scopesOf({ Project: projectId }),
      eventType: 'STATE_CHANGE',
      message,
    }),
  );

const entries = () => platform.db.auditLog.findMany({ orderBy: { sequence: 'asc' } });
const messages = async () => (await entries()).map(({ message }) => message);

test('old entries are forgotten in order, and a cursor among them has expired', async () => {
  for (const message of ['one', 'two', 'three']) await write(message);
  const [one, two, three] = await entries();
  await new Promise((resolve) => setTimeout(resolve, 2));
  const cutoff = new Date();
  await write('four');
  await write('five');

  expect(await forgetEntries(platform.ctx, cutoff)).toBe(3);
  expect(await messages()).toEqual(['four', 'five']);
  for (const gone of [one, two]) {
    await expect(positionOf(platform.ctx, String(gone?.sequence))).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
      inputPath: ['after'],
    });
  }
  const follower = await followLog(
    platform.ctx,
    { scope: scopeOf('Project', projectId) },
    String(three?.sequence),
  );
  expect((await follower.next()).value?.message).toBe('four');
  await follower.return?.();
});

const number = async () => (await entries()).at(-1)?.sequence ?? 0n;
const expired = { code: 'CURSOR_EXPIRED', inputPath: ['after'] };

test('a cursor that the log never came to has expired', async () => {
  const newest = await number();
  expect(await positionOf(platform.ctx, String(newest))).toBe(newest);
  await expect(positionOf(platform.ctx, String(newest + 1n))).rejects.toMatchObject(expired);
  await expect(positionOf(platform.ctx, '999999')).rejects.toMatchObject(expired);
});

test('a cursor is good while the log came as far, though its newest entries are gone', async () => {
  await write('gone');
  const gone = await number();
  await removeEntries(platform, { sequence: gone });
  expect(await positionOf(platform.ctx, String(gone))).toBe(gone);
  await expect(positionOf(platform.ctx, String(gone + 1n))).rejects.toMatchObject(expired);
});

test('the newest entry stays, whatever its age', async () => {
  await forgetEntries(platform.ctx, new Date(Date.now() + 60_000));
  expect(await messages()).toEqual(['five']);
  expect(await forgetEntries(platform.ctx, new Date(Date.now() + 60_000))).toBe(0);
});

test(
  'a log of more than one batch is forgotten whole, to the first entry that is young',
  { tags: 'long' },
  async () => {
    const { workspaceId } = platform.ctx.actor;
    const at = (time: string, count: number) => platform.db.$executeRaw`
    INSERT INTO audit_logs (id, workspace_id, event_type, subject_type, subject_id, actor, message, time)
    SELECT gen_random_uuid(), ${workspaceId}::uuid, 'STATE_CHANGE', 'Project', ${projectId}::uuid, 'test', ${time}, ${time}::timestamptz
    FROM generate_series(1, ${count})`;
    await forgetEntries(platform.ctx, new Date('2200-01-01'));
    const before = (await entries()).length;
    await at('2125-01-01', 5_500);
    await at('2125-03-01', 1);
    await at('2125-02-01', 1);
    expect(await forgetEntries(platform.ctx, new Date('2125-02-15'))).toBe(before + 5_500);
    expect(await messages()).toEqual(['2125-03-01', '2125-02-01']);
  },
);
