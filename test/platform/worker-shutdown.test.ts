import { beforeEach, describe, expect, test } from 'vitest';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { openLog } from '../../src/platform/log.ts';
import { DEAD_LETTERS } from '../../src/platform/queue.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const complete = (job: ClaimedJob) => platform.db.$transaction((tx) => platform.queue.complete(tx, job));

async function completed() {
  const jobs = await platform.queue.boss.findJobs(DEAD_LETTERS);
  return jobs.filter(({ state }) => state === 'completed');
}

describe('a job that is handed back', () => {
  const QUEUE = 'storyboard';
  const send = (key: string) =>
    platform.db.$transaction((tx) => platform.queue.send(tx, QUEUE, key, { runId: key, input: {} }));

  async function claim() {
    const [job] = await platform.queue.boss.fetch<ClaimedJob['data']>(QUEUE, { includeMetadata: true });
    if (!job) throw new Error('There is nothing to claim.');
    return job;
  }
  beforeEach(() => platform.queue.boss.deleteAllJobs(QUEUE));

  test('is there for the next worker at once, and no try is used up', async () => {
    await send('a');
    const first = await claim();
    await platform.queue.release(first);
    expect(await claim()).toMatchObject({ data: first.data, retryCount: 0, retryLimit: first.retryLimit });
  });

  test('is out of reach of whoever had it', async () => {
    await send('a');
    const first = await claim();
    await platform.queue.release(first);
    const second = await claim();
    expect(await complete(first)).toBe(false);
    // What pg-boss does for a handler that returned or threw.
    await platform.queue.boss.complete(QUEUE, [first]);
    await platform.queue.boss.fail(QUEUE, [first]);
    expect(await complete(second)).toBe(true);
  });

  test('keeps its key: another one of the same kind is still not made', async () => {
    await send('a');
    await platform.queue.release(await claim());
    await send('a');
    await claim();
    await expect(claim()).rejects.toThrow('nothing to claim');
  });

  test('stays where it is once the claim was lost', async () => {
    await send('a');
    const first = await claim();
    expect(await complete(first)).toBe(true);
    await platform.queue.release(first);
    await expect(claim()).rejects.toThrow('nothing to claim');
  });
});

describe('a worker', () => {
  const JOBS = 60;

  test('works a backlog off back to back, and takes nothing more once it closes', async () => {
    const jobs = Array.from({ length: JOBS }, () => ({ data: { runId: 'none', input: {} } }));
    await platform.queue.boss.insert(DEAD_LETTERS, jobs);
    const worker = await startWorker(platform.ctx, { concurrency: 1, log: openLog('fatal') });
    // Pausing after each job, it would take two minutes.
    await expect.poll(completed, { timeout: 20_000 }).toHaveLength(JOBS);

    await worker.close();
    await platform.queue.boss.insert(DEAD_LETTERS, jobs.slice(0, 1));
    expect(await platform.queue.boss.fetch(DEAD_LETTERS)).toHaveLength(1);
  });
});

test('a worker that has only just begun to ask what is due ends at once, too', async () => {
  const worker = await startWorker(platform.ctx, { concurrency: 1, log: openLog('fatal') });
  const told = performance.now();
  await worker.close();
  // Its next look would be two seconds later.
  expect(performance.now() - told).toBeLessThan(1_500);
});
