/** Where the progress of a job ends, for whoever comes when. */
import { expect, test } from 'vitest';
import { ask, type AskedJob, confirm, preview, tell } from './support/job.ts';
import { uploadSheet } from './support/upload-sheet.ts';
import { hasEnded, useJobs } from './support/use-jobs.ts';

const { api, until } = useJobs();

const QUERY = `subscription ($jobId: ID!, $after: String) { progress: jobProgress(jobId: $jobId, after: $after) {
  cursor job { status successfulRows skippedRows } } }`;
type Progress = { cursor: string; job: Partial<AskedJob> | null };

/** All that is told of a job until it is complete; `saw` is called with each. */
async function heard({ id: jobId }: Pick<AskedJob, 'id'>, after?: string, saw = () => {}) {
  const events: Progress[] = [];
  const client = api.connect();
  const query = { query: QUERY, variables: { jobId, after } };
  for await (const { data } of client.iterate<{ progress: Progress }>(query)) {
    if (data) events.push(data.progress);
    saw();
  }
  await client.dispose();
  return events;
}

/** A job of two films, of which one that cannot start is left out by itself. */
async function completed(word: string): Promise<AskedJob> {
  const job = await preview(api, [{ prompt: `A ${word}.` }, { prompt: '' }]);
  await confirm(job, api, { onlyValidRows: true });
  return until(job, hasEnded);
}

test('of a job of which rows were left out after its end, it ends, for who comes now and who was there before', async () => {
  const job = await completed('wren');
  const [end] = await heard(job);
  expect(await tell(api, 'skipRows', { jobId: job.id, rowNumbers: [2] })).toMatchObject({ count: 1 });
  const now = { status: 'COMPLETED', successfulRows: 1, skippedRows: 1 };
  expect((await heard(job)).map((event) => event.job)).toEqual([now]);
  expect((await heard(job, '0')).at(-1)?.job).toEqual(now);
  expect(await heard(job, end?.cursor)).toEqual([]);
});

test('of a job that goes on by a retry, it ends with that, for who comes then', async () => {
  const job = await preview(api, [{ prompt: 'A crane.' }, { prompt: 'A swift.' }]);
  await tell(api, 'skipRows', { jobId: job.id, rowNumbers: [2] });
  await confirm(await ask(api, job.id), api);
  await until(job, hasEnded);
  const [end] = await heard(job);
  await tell(api, 'retryRows', { jobId: job.id, statuses: ['SKIPPED'] });
  const all = await Promise.all([heard(job), heard(job, '0'), heard(job, end?.cursor)]);
  const now = { status: 'COMPLETED', successfulRows: 2, skippedRows: 0 };
  for (const events of all) expect(events.at(-1)?.job).toEqual(now);
});

test('of a job that is deleted, it ends with that', async () => {
  const job = await preview(api, [{ prompt: 'A rail.' }]);
  const isFollowed = Promise.withResolvers<void>();
  const events = heard(job, undefined, isFollowed.resolve);
  await isFollowed.promise;
  await tell(api, 'deleteJob', { jobId: job.id });
  expect((await events).at(-1)?.job).toBeNull();
});

test(
  'of a cancelled job of thousands of rows, it ends, however many were left out after that',
  {
    tags: 'long',
  },
  async () => {
    const lines = Array.from({ length: 2_400 }, (_row, index) => `,bad ${index}`);
    const { job } = await uploadSheet(api, ['prompt,title', ...lines].join('\n'), {}, 'many.csv');
    const { id } = job as unknown as { id: string };
    await tell(api, 'cancelJob', { jobId: id });
    await until({ id }, ({ pendingRows }) => pendingRows === 0);
    for (const after of [undefined, '0'])
      expect((await heard({ id }, after)).at(-1)?.job).toMatchObject({
        status: 'CANCELLED',
        skippedRows: 2_400,
      });
  },
);
