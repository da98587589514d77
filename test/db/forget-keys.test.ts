import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { forgetKeys } from '../../src/features/idempotency/forget-keys.ts';
import { keysForgotten } from '../../src/worker/background.ts';
import { startTask } from '../support/start-task.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const DAY = 24 * 3_600_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY);

const make = (key: string, createdAt: Date) =>
  platform.db.idempotencyKey.create({
    data: {
      workspaceId: platform.ctx.actor.workspaceId,
      key,
      requestDigest: 'digest',
      madeId: newId(),
      createdAt,
    },
  });
const keys = async () => {
  const rows = await platform.db.idempotencyKey.findMany({ orderBy: { key: 'asc' } });
  return rows.map(({ key }) => key);
};

test('keys are forgotten after 30 days by a task of the worker', async () => {
  await make('of this month', daysAgo(29.9));
  await make('older', daysAgo(30.1));
  await make('oldest', daysAgo(400));
  const forgetting = startTask(platform.ctx, keysForgotten);
  await expect.poll(() => keys()).toEqual(['of this month']);
  await forgetting.close();
});

test('more than one batch are forgotten whole', async () => {
  const { workspaceId } = platform.ctx.actor;
  await platform.db.$executeRaw`
    INSERT INTO idempotency_keys (workspace_id, key, request_digest, made_id, created_at)
    SELECT ${workspaceId}::uuid, 'many ' || number, 'digest', gen_random_uuid(), ${daysAgo(31)}
    FROM generate_series(1, 5001) AS number`;
  expect(await forgetKeys(platform.ctx)).toBe(5_001);
  expect(await keys()).toEqual(['of this month']);
});
