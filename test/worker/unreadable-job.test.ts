import { scopeOf } from '../../src/core/scopes.ts';
import { expect, test, vi } from 'vitest';
import { flows } from '../../src/features/pipelines/flows.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { executeStep } from '../../src/features/runs/engine/execute.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { moveStranded } from '../../src/features/runs/engine/stranded.sql.ts';
import { storyboardStep } from '../../src/features/storyboards/storyboard.jobs.ts';
import { openLog } from '../../src/platform/log.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const claim = async (): Promise<ClaimedJob> => {
  const [job] = await platform.queue.boss.fetch<ClaimedJob['data']>(storyboardStep.name, {
    includeMetadata: true,
  });
  return job ?? expect.unreachable();
};

const newFilm = () =>
  generateFilm(platform.ctx, {
    prompt: 'A lighthouse.',
    stopAfter: null,
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });

test('a job that says what this version cannot read is thrown away, and the rows say what comes next', async () => {
  const { project, run } = await newFilm();
  const job = await claim();
  const garbled = { ...job, data: { ...job.data, input: { film: 'of a later version' } } };
  const { signal } = new AbortController();
  const failures: unknown[] = [];
  const outcome = await executeStep(platform.ctx, flows, storyboardStep, garbled, signal, (error) =>
    failures.push(error),
  );
  expect(outcome).toBe('DISCARDED');
  expect(failures).toHaveLength(1);
  const told = await platform.db.auditLog.findFirst({
    where: { scopes: { has: scopeOf('PipelineRun', run.id) }, level: 'WARNING' },
  });
  expect(told?.message).toBe(
    'A job of step storyboard could not be read, and is replaced by what the rows say comes next.',
  );
  const next = await claim();
  expect(next.id).not.toBe(job.id);
  expect(next.data).toMatchObject({ key: 'storyboard', input: { projectId: project.id } });
});

test.each([
  ['a text', '"garbage"'],
  ['null', 'null'],
  ['of no run', '{"key": "storyboard"}'],
  ['of a run that is none', '{"runId": 5, "key": "storyboard"}'],
])('a run whose job is %s goes on from its rows, and the job is thrown away', async (_what, data) => {
  const { project, run } = await newFilm();
  const job = await claim();
  await platform.db.$executeRaw`
    UPDATE pgboss.job SET data = ${data}::jsonb, state = 'created' WHERE id = ${job.id}::uuid`;
  const log = openLog('fatal');
  const worker = await startWorker(platform.ctx, { concurrency: 1, log, tasks: [] });
  const stateOf = async () =>
    (await platform.queue.boss.findJobs(storyboardStep.name, { id: job.id }))[0]?.state;
  await vi.waitFor(async () => expect(await stateOf()).toBe('completed'));
  await worker.close();
  expect(await moveStranded(platform.ctx, flows, new AbortController().signal)).toBeGreaterThan(0);
  const next = await claim();
  expect(next.data).toMatchObject({ runId: run.id, input: { projectId: project.id } });
});

test('a run whose job is gone goes on from its rows, and one that has a job keeps that one', async () => {
  const stranded = await newFilm();
  await platform.db.$executeRaw`DELETE FROM pgboss.job WHERE data->>'runId' = ${stranded.run.id}`;
  const going = await newFilm();
  await moveStranded(platform.ctx, flows, new AbortController().signal);
  const waiting = await platform.queue.boss.findJobs<ClaimedJob['data']>(storyboardStep.name, {
    queued: true,
  });
  const runIds = waiting.map(({ data }) => data.runId);
  expect(runIds.filter((id) => id === stranded.run.id)).toHaveLength(1);
  expect(runIds.filter((id) => id === going.run.id)).toHaveLength(1);
});
