import { scopeOf } from '../../src/core/scopes.ts';
import { expect, test } from 'vitest';
import { flows } from '../../src/features/pipelines/flows.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { executeStep } from '../../src/features/runs/engine/execute.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { storyboardStep } from '../../src/features/storyboards/storyboard.jobs.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const claim = async (): Promise<ClaimedJob> => {
  const [job] = await platform.queue.boss.fetch<ClaimedJob['data']>(storyboardStep.name, {
    includeMetadata: true,
  });
  return job ?? expect.unreachable();
};

test('a job that says what this version cannot read is thrown away, and the rows say what comes next', async () => {
  const { project, run } = await generateFilm(platform.ctx, {
    prompt: 'A lighthouse.',
    stopAfter: null,
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
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
