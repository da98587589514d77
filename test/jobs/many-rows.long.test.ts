/** Jobs of more rows than one transaction moves. */
import { expect, test } from 'vitest';
import { requireId } from '../../src/core/ids.ts';
import { ask, type AskedJob, confirm, tell } from './support/job.ts';
import { uploadSheet } from './support/upload-sheet.ts';
import { hasEnded, useJobs } from './support/use-jobs.ts';

const { api, provider, until } = useJobs();

/** A sheet of so many rows: only the last has words for a film, and a few before it ask for the same. */
async function previewMany(count: number, word: string): Promise<AskedJob> {
  const bad = Array.from({ length: count - 4 }, (_row, index) => `,bad ${index}`);
  const good = Array.from({ length: 4 }, () => `A ${word}.,good`);
  const { job } = await uploadSheet(api, ['prompt,title', ...bad, ...good].join('\n'), {}, 'many.csv');
  return ask(api, (job as unknown as { id: string }).id);
}

const movesOf = (job: AskedJob) =>
  api.db.auditLog.groupBy({
    by: ['subjectId'],
    where: { subjectType: 'JobRow', scopes: { has: `job:${requireId('Job', job.id, [])}` } },
    _count: true,
  });

test('thousands of rows that cannot start are left out, each once, and those that can start do', async () => {
  const job = await previewMany(3_200, 'heron');
  expect(job).toMatchObject({ totalRows: 3_200, invalidRows: 3_196, duplicateRows: 3 });
  const { job: begun } = await confirm(job, api, { onlyValidRows: true });
  expect(begun).toMatchObject({ status: 'RUNNING', failedRows: 1_000, pendingRows: 2_200 });
  expect(await until(job, hasEnded)).toMatchObject({
    status: 'COMPLETED',
    failedRows: 3_196,
    skippedRows: 3,
    successfulRows: 1,
  });
  expect(provider().purchases).toHaveLength(1);
  const moves = await movesOf(job);
  expect(moves.filter(({ _count: count }) => count !== 1)).toHaveLength(1);
  const retried = await tell(api, 'retryRows', { jobId: job.id, statuses: ['SKIPPED', 'FAILED'] });
  expect(retried).toMatchObject({ count: 3, job: { status: 'RUNNING', duplicateRows: 0 } });
  expect(await until(job, hasEnded)).toMatchObject({ successfulRows: 4, skippedRows: 0, failedRows: 3_196 });
});

test('a job of thousands of rows is cancelled at once, and its rows are left out after that', async () => {
  const job = await previewMany(3_200, 'stork');
  const { job: cancelled } = await tell(api, 'cancelJob', { jobId: job.id });
  expect(cancelled).toMatchObject({ status: 'CANCELLED', skippedRows: 1_000 });
  const all = { skippedRows: 3_200, pendingRows: 0, processedRows: 3_200 };
  expect(await until(job, ({ pendingRows }) => pendingRows === 0)).toMatchObject(all);
});
