import { expect, test, vi } from 'vitest';
import { requireId } from '../../src/core/ids.ts';
import { nextJobDueMs } from '../../src/features/jobs/dispatch/jobs.sql.ts';
import { ask, confirm, preview, rowsOf, tell } from './support/job.ts';
import { hasEnded, useJobs } from './support/use-jobs.ts';

const { api, provider, until } = useJobs();

/** Rows with words that no other test asks for. */
const films = (word: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ prompt: `A ${word} number ${index + 1}.` }));

/** Clips that this test bought: each has a provider of its own. */
const sold = () => provider().purchases.length;

test('each row becomes a film of its own, and the job ends with all of them', async () => {
  const job = await preview(api, films('cat', 3));
  expect(job).toMatchObject({ status: 'PENDING', totalRows: 3, pendingRows: 3, invalidRows: 0 });
  expect(await confirm(job, api)).toMatchObject({ job: { status: 'RUNNING' } });
  const ended = await until(job, hasEnded);
  expect(ended).toMatchObject({ status: 'COMPLETED', successfulRows: 3, processedRows: 3, pendingRows: 0 });
  const rows = await rowsOf(api, job);
  expect(new Set(rows.map(({ projectId }) => projectId)).size).toBe(3);
  expect(rows.reduce((sum, { costMicroUsd }) => sum + Number(costMicroUsd), 0)).toBe(
    ended.cost.settledMicroUsd,
  );
  expect(provider().purchases).toHaveLength(3);
});

test(
  'the same sheet again starts nothing unless asked: every row is known, with the earlier job',
  { tags: 'long' },
  async () => {
    const rows = films('owl', 2);
    const first = await preview(api, rows);
    await confirm(first, api);
    await until(first, hasEnded);
    const second = await preview(api, rows);
    expect(second.duplicateRows).toBe(2);
    const known = (await rowsOf(api, second)).map(({ duplicateOf }) => duplicateOf);
    expect(known).toEqual([1, 2].map((rowNumber) => ({ jobId: requireId('Job', first.id, []), rowNumber })));
    expect(await confirm(second, api)).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [
        {
          path: ['withDuplicates'],
          message: expect.stringMatching(/^There is no row to start: .* say that they are/) as string,
        },
      ],
    });
    expect(await confirm(second, api, { withDuplicates: true })).toMatchObject({
      job: { status: 'RUNNING' },
    });
    expect(await until(second, hasEnded)).toMatchObject({ successfulRows: 2 });
  },
);

test('confirmed twice at once, a job starts once', async () => {
  const job = await preview(api, films('emu', 1));
  const results = await Promise.all([confirm(job, api), confirm(job, api)]);
  expect(results.map(({ code }) => code).filter(Boolean)).toEqual(['JOB_STATE']);
  await until(job, hasEnded);
  expect(provider().purchases).toHaveLength(1);
});

test(
  'a digest that is not of the job as it is now is refused, and says what changed',
  { tags: 'long' },
  async () => {
    const [job, other] = [await preview(api, films('eel', 2)), await preview(api, films('elk', 2))];
    const stale = await tell(api, 'confirmJob', { jobId: job.id, digest: other.digest });
    expect(stale).toMatchObject({ code: 'PLAN_STALE', path: ['digest'] });
    await tell(api, 'skipRows', { jobId: job.id, rowNumbers: [2] });
    const message = expect.stringContaining('Changed since: the rows. Look at the job again');
    expect(await confirm(job, api)).toMatchObject({ code: 'PLAN_STALE', message });
    expect(await confirm(await ask(api, job.id), api)).toMatchObject({ job: { skippedRows: 1 } });
    expect(await until(job, hasEnded)).toMatchObject({
      status: 'COMPLETED',
      successfulRows: 1,
      skippedRows: 1,
    });
  },
);

test(
  'rows that cannot start refuse the job, or are left out as failed if asked, and start once they are mended',
  { tags: 'long' },
  async () => {
    const job = await preview(api, [...films('ant', 1), { prompt: '', title: 'Nothing' }]);
    expect(await confirm(job, api)).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [
        {
          path: ['onlyValidRows'],
          message: expect.stringMatching(
            / The first is row 2, prompt: The prompt must not be empty\.$/,
          ) as string,
        },
      ],
    });
    await confirm(job, api, { onlyValidRows: true });
    const ended = await until(job, hasEnded);
    expect(ended).toMatchObject({
      status: 'COMPLETED',
      successfulRows: 1,
      failedRows: 1,
      errorCode: 'INVALID_INPUT',
    });
    expect(await tell(api, 'retryRows', { jobId: job.id, statuses: ['FAILED'] })).toMatchObject({ count: 0 });
    await tell(api, 'updateRow', { jobId: job.id, rowNumber: 2, input: { prompt: 'A second ant.' } });
    expect(await tell(api, 'retryRows', { jobId: job.id, rowNumbers: [2] })).toMatchObject({
      count: 1,
      job: { status: 'RUNNING' },
    });
    expect(await until(job, hasEnded)).toMatchObject({
      status: 'COMPLETED',
      successfulRows: 2,
      failedRows: 0,
      invalidRows: 0,
    });
  },
);

test(
  'a cap reached in the middle pauses the job, says what is needed, and lets it go on when raised',
  { tags: 'long' },
  async () => {
    const job = await preview(api, films('bee', 6), { concurrency: 4 });
    await confirm(job, api, { maxCostCents: 130 });
    const held = await until(
      job,
      ({ status, processingRows }) => status === 'PAUSED' && processingRows === 0,
    );
    expect(held).toMatchObject({
      errorCode: 'BUDGET_EXCEEDED',
      errorMessage: expect.stringMatching(/cap of the job is \$1\.30.*setJobCostCap/),
    });
    expect(held.cost.totalMicroUsd).toBeLessThanOrEqual(1_300_000);
    expect(held.successfulRows).toBeLessThan(6);
    await tell(api, 'setJobCostCap', { jobId: job.id, maxCostCents: 1_000 });
    const ended = await until(job, hasEnded);
    expect(ended).toMatchObject({ status: 'COMPLETED', successfulRows: 6, errorCode: null });
    expect(sold()).toBe(6);
  },
);

test('a cap that was set before the start holds, unless the start sets another or lifts it', async () => {
  const job = await preview(api, films('zebu', 1));
  const capOf = async () => (await ask(api, job.id)).cost.maxCostCents;
  await tell(api, 'setJobCostCap', { jobId: job.id, maxCostCents: 5 });
  await confirm(job, api);
  expect(await until(job, ({ status }) => status === 'PAUSED')).toMatchObject({
    errorCode: 'BUDGET_EXCEEDED',
  });
  expect(await capOf()).toBe(5);
  expect(await tell(api, 'resumeJob', { jobId: job.id, maxCostCents: null })).toMatchObject({
    job: { status: 'RUNNING', cost: { maxCostCents: null } },
  });
  expect(await until(job, hasEnded)).toMatchObject({ status: 'COMPLETED' });
  expect(await tell(api, 'resumeJob', { jobId: job.id, maxCostCents: 7 })).toMatchObject({
    code: 'JOB_STATE',
  });
  expect(await capOf(), 'what is refused sets no cap').toBeNull();
});

test(
  'the cap of a row fails that row alone, and a retry with a higher one goes on from what it has',
  { tags: 'long' },
  async () => {
    const rows = films('cow', 2).map((film, index) => ({ ...film, cap: index === 0 ? '10' : '' }));
    const job = await preview(api, rows, { mapping: [{ input: 'maxCostCents', from: 'cap' }] });
    await confirm(job, api);
    const failed = { status: 'COMPLETED', successfulRows: 1, failedRows: 1, errorCode: 'BUDGET_EXCEEDED' };
    expect(await until(job, hasEnded)).toMatchObject(failed);
    const [before] = await rowsOf(api, job);
    await tell(api, 'retryRows', { jobId: job.id, rowNumbers: [1], overrides: { maxCostCents: 100 } });
    expect(await until(job, hasEnded)).toMatchObject({ status: 'COMPLETED', successfulRows: 2 });
    const [after] = await rowsOf(api, job);
    expect(after?.projectId).toBe(before?.projectId);
    // What one film costs, and no frame or storyboard twice.
    const [, other] = await rowsOf(api, job);
    expect(after?.costMicroUsd).toBe(other?.costMicroUsd);
  },
);

test(
  'the cap that a job sets for each of its rows is raised for a retry, which goes on from what there is',
  { tags: 'long' },
  async () => {
    const job = await preview(api, films('doe', 2), { maxRowCostCents: 10 });
    await confirm(job, api);
    const refused = { status: 'FAILED', failedRows: 2, errorCode: 'BUDGET_EXCEEDED' };
    expect(await until(job, hasEnded)).toMatchObject(refused);
    const spent = (await ask(api, job.id)).cost.settledMicroUsd;
    expect(await tell(api, 'setJobCostCap', { jobId: job.id, maxRowCostCents: null })).toMatchObject({
      job: { cost: { maxCostCents: null } },
    });
    await tell(api, 'retryRows', { jobId: job.id });
    const ended = await until(job, hasEnded);
    expect(ended).toMatchObject({ status: 'COMPLETED', successfulRows: 2 });
    expect(ended.cost.settledMicroUsd).toBe(2 * 489_000);
    expect(spent).toBeGreaterThan(0);
  },
);

test(
  'the cap that a job sets for each of its rows is another one for a row that is retried with its own',
  { tags: 'long' },
  async () => {
    const job = await preview(api, films('ewe', 2), { maxRowCostCents: 10 });
    await confirm(job, api);
    const { errorMessage } = await until(job, hasEnded);
    expect(errorMessage).toContain('2 of 2 rows');
    const [row] = await rowsOf(api, job);
    expect(row?.errorMessage).toContain('retry the row with retryRows, with a higher cap of its own');
    await tell(api, 'retryRows', { jobId: job.id, rowNumbers: [1], overrides: { maxCostCents: 100 } });
    expect(await until(job, hasEnded)).toMatchObject({ successfulRows: 1, failedRows: 1 });
  },
);

test('a row that asks for what one asks for that is left out before the start is made in its place', async () => {
  const job = await preview(api, [...films('hare', 1), ...films('hare', 1)]);
  await tell(api, 'skipRows', { jobId: job.id, rowNumbers: [1] });
  const again = await ask(api, job.id);
  expect(again).toMatchObject({ duplicateRows: 0, skippedRows: 1 });
  await confirm(again, api);
  expect(await until(job, hasEnded)).toMatchObject({ successfulRows: 1, skippedRows: 1 });
});

test(
  'paused at once, nothing of a job is at work; resumed, every row ends and is paid once',
  { tags: 'long' },
  async () => {
    const job = await preview(api, films('hen', 5));
    await confirm(job, api);
    await until(job, ({ processingRows }) => processingRows > 0);
    expect(await tell(api, 'pauseJob', { jobId: job.id, now: true })).toMatchObject({
      job: { status: 'PAUSED' },
    });
    await until(job, ({ processingRows }) => processingRows === 0);
    await tell(api, 'resumeJob', { jobId: job.id });
    expect(await until(job, hasEnded)).toMatchObject({ status: 'COMPLETED', successfulRows: 5 });
    expect(sold()).toBe(5);
  },
);

test(
  'a cancelled job keeps what is finished, starts nothing more and cannot go on',
  { tags: 'long' },
  async () => {
    const job = await preview(api, films('pig', 8), { concurrency: 2 });
    await confirm(job, api);
    await until(job, ({ successfulRows }) => successfulRows > 0);
    const { job: cancelled } = await tell(api, 'cancelJob', { jobId: job.id });
    expect(cancelled).toMatchObject({ status: 'CANCELLED', processingRows: 0, pendingRows: 0 });
    expect(await tell(api, 'resumeJob', { jobId: job.id })).toMatchObject({ code: 'JOB_STATE' });
    const before = sold();
    // Nobody looks after it any more.
    expect(await nextJobDueMs(api.db)).toBe(Infinity);
    expect(await ask(api, job.id)).toMatchObject({
      processedRows: 8,
      successfulRows: cancelled?.successfulRows,
    });
    expect(sold()).toBe(before);
  },
);

test(
  'a row that fails says why on itself and on its job, and a retry buys only what is missing',
  { tags: 'long' },
  async () => {
    const job = await preview(api, films('yak', 2), { concurrency: 1 });
    provider().failSubmit = { outcome: 'REFUSED', bought: false };
    await confirm(job, api);
    const ended = await until(job, hasEnded);
    expect(ended).toMatchObject({
      status: 'COMPLETED',
      successfulRows: 1,
      failedRows: 1,
      errorCode: expect.any(String),
    });
    const books = provider().books.size;
    const [first, second] = await Promise.all([
      tell(api, 'retryRows', { jobId: job.id, statuses: ['FAILED'] }),
      tell(api, 'retryRows', { jobId: job.id, statuses: ['FAILED'] }),
    ]);
    expect((first.count ?? 0) + (second.count ?? 0)).toBe(1);
    expect(await until(job, hasEnded)).toMatchObject({
      status: 'COMPLETED',
      successfulRows: 2,
      failedRows: 0,
    });
    expect(provider().books.size - books).toBe(1);
  },
);

test('a call of which nobody knows makes its row one for a person, and nothing of it is bought again', async () => {
  const job = await preview(api, films('gnu', 1));
  provider().failSubmit = { outcome: 'UNKNOWN', bought: true };
  await confirm(job, api);
  expect(await until(job, hasEnded)).toMatchObject({
    status: 'FAILED',
    reviewRows: 1,
    errorCode: 'OUTCOME_UNKNOWN',
  });
  expect(sold()).toBe(1);
});

test(
  'an ended job is deleted with its rows, and its projects stay unless asked for',
  { tags: 'long' },
  async () => {
    const job = await preview(api, films('ram', 1));
    await confirm(job, api);
    expect(await tell(api, 'deleteJob', { jobId: job.id })).toMatchObject({ code: 'JOB_STATE' });
    await until(job, hasEnded);
    const [row] = await rowsOf(api, job);
    expect(await tell(api, 'deleteJob', { jobId: job.id })).toMatchObject({ __typename: 'DeleteJobPayload' });
    expect(await rowsOf(api, job)).toEqual([]);
    expect(await api.db.project.count({ where: { id: row?.projectId ?? '' } })).toBe(1);
    await vi.waitFor(async () =>
      expect(await api.db.auditLog.count({ where: { subjectId: row?.jobId ?? '' } })).toBeGreaterThan(2),
    );
  },
);

test('a row that was paused on the way and is left out leaves no run behind', async () => {
  const job = await preview(api, films('lynx', 1), { concurrency: 1 });
  await confirm(job, api);
  await until(job, ({ processingRows }) => processingRows === 1);
  await tell(api, 'pauseJob', { jobId: job.id, now: true });
  const [row] = await rowsOf(api, job);
  expect(await tell(api, 'skipRows', { jobId: job.id, rowNumbers: [row!.rowNumber] })).toMatchObject({
    count: 1,
  });
  const { status } = await api.db.pipelineRun.findUniqueOrThrow({ where: { id: row!.runId! } });
  expect(status).toBe('CANCELLED');
  await tell(api, 'cancelJob', { jobId: job.id });
  const gone = await tell(api, 'deleteJob', { jobId: job.id, deleteProjects: true });
  expect(gone).toMatchObject({ deletedJobId: job.id });
  expect(await api.db.project.findUnique({ where: { id: row!.projectId! } })).toBeNull();
});

test('of a job that has ended, projects whose runs are held by a cap of a row go with it', async () => {
  const job = await preview(api, films('stoat', 1), { maxRowCostCents: 1 });
  await confirm(job, api);
  await until(job, hasEnded);
  const [row] = await rowsOf(api, job);
  const run = await api.db.pipelineRun.findUniqueOrThrow({ where: { id: row!.runId! } });
  expect([row!.status, run.status]).toEqual(['FAILED', 'PAUSED']);
  const gone = await tell(api, 'deleteJob', { jobId: job.id, deleteProjects: true });
  expect(gone).toMatchObject({ deletedJobId: job.id });
  expect(await api.db.project.findUnique({ where: { id: row!.projectId! } })).toBeNull();
});
