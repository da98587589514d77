import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { findPostgres } from '../support/needs.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const QUEUE = 'stitch';

const platform = useTestPlatform();

async function claim() {
  const { boss } = platform.queue;
  await boss.send(QUEUE, {}, { singletonKey: newId() });
  const [job] = await boss.fetch(QUEUE, { includeMetadata: true });
  if (!job) throw new Error('The queue is empty.');
  return { name: QUEUE, id: job.id, retryCount: job.retryCount };
}

/** Takes the heartbeats of all claims back by a minute. */
const age = () =>
  platform.db
    .$executeRaw`UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute' WHERE name = ${QUEUE}`;

const isFresh = async ({ id }: { id: string }) => {
  const rows = await platform.db.$queryRaw<{ fresh: boolean }[]>`
    SELECT heartbeat_on > now() - interval '30 seconds' AS fresh FROM pgboss.job WHERE id = ${id}::uuid`;
  return rows[0]?.fresh;
};

test('a heartbeat says which claims are still ours, and keeps those alone', async () => {
  const [ours, lost] = [await claim(), await claim()];
  await age();
  const held = [ours, { ...lost, retryCount: lost.retryCount + 1 }];
  expect(await platform.queue.beat(QUEUE, held)).toEqual(new Set([ours.id]));
  expect([await isFresh(ours), await isFresh(lost)]).toEqual([true, false]);
});

test.skipIf(findPostgres() === null)(
  'a heartbeat neither waits for a job that is being written nor takes it for lost',
  async () => {
    const [busy, idle] = [await claim(), await claim()];
    await age();
    await platform.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM pgboss.job WHERE id = ${busy.id}::uuid FOR UPDATE`;
      expect(await platform.queue.beat(QUEUE, [busy, idle])).toEqual(new Set([busy.id, idle.id]));
    });
    expect([await isFresh(busy), await isFresh(idle)]).toEqual([false, true]);
  },
);
