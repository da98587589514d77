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
  vi.useRealTimers();
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

/** Until a job that waits is due, as the database has it. */
async function secondsLeft({ id }: AskedJob): Promise<number> {
  const [row] = await api.db.$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM waits_until - now())::float8 AS seconds
    FROM jobs WHERE id = ${requireId('Job', id, [])}::uuid`;
  return row!.seconds;
}

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

test.each([-3_600, 3_600])(
  'how long a job waits is not for a worker to say whose clock is %i s off',
  async (seconds) => {
    const job = await atWork('A heron.');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_000 * seconds });
    const asked = away('OVERLOADED');
    await look(job);
    expect(await secondsLeft(job)).toBeGreaterThan(5);
    expect(await secondsLeft(job)).toBeLessThanOrEqual(10);
    await look(job);
    expect(asked).toHaveBeenCalledTimes(1);
    await api.db
      .$executeRaw`UPDATE jobs SET waits_until = now() WHERE id = ${requireId('Job', job.id, [])}::uuid`;
    await look(job);
    expect(asked).toHaveBeenCalledTimes(2);
    await tell(api, 'cancelJob', { jobId: job.id });
  },
);

test('what is tried in vain is tried ever more rarely', () => {
  expect([0, 5_000, 40_000, 3_600_000].map(delayAfter)).toEqual([10_000, 10_000, 40_000, 600_000]);
});
