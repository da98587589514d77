import { beforeEach, expect, test, vi } from 'vitest';
import { DomainError } from '../../src/core/errors.ts';
import { requireId } from '../../src/core/ids.ts';
import { claimDueJobs } from '../../src/features/jobs/dispatch/jobs.sql.ts';
import { lookAfter } from '../../src/features/jobs/dispatch/look-after.ts';
import { delayAfter } from '../../src/features/jobs/dispatch/wait.ts';
import { filmKind } from '../../src/features/jobs/kinds/film.ts';
import { useTestApi } from '../support/test-api.ts';
import { type AskedJob, ask, confirm, preview, rowsOf, tell } from './support/job.ts';

const api = useTestApi();
beforeEach(() => {
  vi.restoreAllMocks();
});

/** Nobody works here but the test. */
const look = (job: AskedJob) =>
  lookAfter(api.ctx, requireId('Job', job.id, []), new AbortController().signal);

const away = (code: 'OVERLOADED' | 'PROVIDER_UNAVAILABLE') =>
  vi.spyOn(filmKind, 'prepare').mockRejectedValue(new DomainError(code, `It is ${code}.`));

const waitOf = async ({ id }: AskedJob) => {
  const { waitsUntil, waitingSince } = await api.db.job.findUniqueOrThrow({
    where: { id: requireId('Job', id, []) },
  });
  return { waitsUntil, waitingSince };
};

/** As if it had been waiting for so long, and were to be tried now. */
const passTime = ({ id }: AskedJob, seconds: number) =>
  api.db.job.update({
    where: { id: requireId('Job', id, []) },
    data: { waitingSince: new Date(Date.now() - 1_000 * seconds), waitsUntil: new Date() },
  });

const warnings = async ({ id }: AskedJob) =>
  (
    await api.db.auditLog.findMany({
      where: { subjectId: requireId('Job', id, []), level: 'WARNING' },
      orderBy: { sequence: 'asc' },
    })
  ).map(({ details }) => (details as { errorCode: string }).errorCode);

async function atWork(prompt: string): Promise<AskedJob> {
  const job = await preview(api, [{ prompt }]);
  expect(await confirm(job, api)).toMatchObject({ job: { status: 'RUNNING' } });
  return job;
}

test('a job whose rows cannot start for now waits, and tells why once for each reason', async () => {
  const job = await atWork('A crane.');
  away('PROVIDER_UNAVAILABLE');
  await look(job);
  expect(await ask(api, job.id)).toMatchObject({
    status: 'RUNNING',
    pendingRows: 1,
    errorCode: 'PROVIDER_UNAVAILABLE',
    errorMessage: 'It is PROVIDER_UNAVAILABLE.',
  });
  expect((await rowsOf(api, job)).map(({ status }) => status)).toEqual(['PENDING']);
  expect(await claimDueJobs(api.db, 9)).toEqual([]);
  await passTime(job, 60);
  expect(await claimDueJobs(api.db, 9)).toHaveLength(1);
  await look(job);
  expect(await warnings(job)).toEqual(['PROVIDER_UNAVAILABLE']);
  const { waitsUntil } = await waitOf(job);
  expect((waitsUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);
  await passTime(job, 60);
  away('OVERLOADED');
  await look(job);
  expect(await warnings(job)).toEqual(['PROVIDER_UNAVAILABLE', 'OVERLOADED']);
  await tell(api, 'cancelJob', { jobId: job.id });
});

test('a job that waited forgets why once a row starts, or it is paused', async () => {
  const job = await atWork('A goose.');
  away('OVERLOADED');
  await look(job);
  await tell(api, 'pauseJob', { jobId: job.id });
  expect(await waitOf(job)).toEqual({ waitsUntil: null, waitingSince: null });
  await tell(api, 'resumeJob', { jobId: job.id });
  await look(job);
  vi.restoreAllMocks();
  await passTime(job, 10);
  await look(job);
  expect(await ask(api, job.id)).toMatchObject({ processingRows: 1, errorCode: null, errorMessage: null });
  expect(await waitOf(job)).toEqual({ waitsUntil: null, waitingSince: null });
});

test('what is tried in vain is tried ever more rarely', () => {
  expect([0, 5_000, 40_000, 3_600_000].map(delayAfter)).toEqual([10_000, 10_000, 40_000, 600_000]);
});
