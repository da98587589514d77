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

/** The heartbeat of a claim, in milliseconds. */
async function beatOf({ id }: { id: string }): Promise<number> {
  const [row] = await platform.db.$queryRaw<{ beat: Date }[]>`
    SELECT heartbeat_on AS beat FROM pgboss.job WHERE id = ${id}::uuid`;
  return row?.beat.getTime() ?? NaN;
}

/** @returns whether the heartbeat of a claim is another one than now. */
async function watch(claimed: { id: string }): Promise<() => Promise<boolean>> {
  const before = await beatOf(claimed);
  return async () => (await beatOf(claimed)) !== before;
}

test('a heartbeat says which claims are still ours, and keeps those alone', async () => {
  const [ours, lost] = [await claim(), await claim()];
  const [isFresh, isLostFresh] = [await watch(ours), await watch(lost)];
  const held = [ours, { ...lost, retryCount: lost.retryCount + 1 }];
  expect(await platform.queue.beat(QUEUE, held)).toEqual(new Set([ours.id]));
  expect([await isFresh(), await isLostFresh()]).toEqual([true, false]);
});

test.skipIf(findPostgres() === null)(
  'a heartbeat neither waits for a job that is being written nor takes it for lost',
  async () => {
    const [busy, idle] = [await claim(), await claim()];
    const [isBusyFresh, isIdleFresh] = [await watch(busy), await watch(idle)];
    await platform.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM pgboss.job WHERE id = ${busy.id}::uuid FOR UPDATE`;
      expect(await platform.queue.beat(QUEUE, [busy, idle])).toEqual(new Set([busy.id, idle.id]));
    });
    expect([await isBusyFresh(), await isIdleFresh()]).toEqual([false, true]);
  },
);
