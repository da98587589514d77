/** Two workers and one call: the second finds it open while the first is about to store its answer. */
import { beforeEach, expect, test } from 'vitest';
import { OutcomeUnknown } from '../../src/features/budget/outcome-unknown.ts';
import { keyframeStep } from '../../src/features/keyframes/keyframe.jobs.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { flows } from '../../src/features/pipelines/flows.ts';
import { beginStep } from '../../src/features/runs/engine/begin-step.ts';
import { executeStep } from '../../src/features/runs/engine/execute.ts';
import { giveUp } from '../../src/features/runs/engine/instead.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { lockRun } from '../../src/features/runs/run.sql.ts';
import type { AnyStep } from '../../src/features/runs/engine/step.ts';
import { storyboardStep } from '../../src/features/storyboards/storyboard.jobs.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { useInstantProvider } from '../support/use-instant-provider.ts';

const platform = useTestPlatform();
useInstantProvider();
// The films of other tests are not gone on with.
beforeEach(() => platform.db.$executeRaw`DELETE FROM pgboss.job`);
const { signal } = new AbortController();

const claim = async ({ name }: AnyStep): Promise<ClaimedJob> => {
  const [job] = await platform.queue.boss.fetch<ClaimedJob['data']>(name, {
    includeMetadata: true,
    ignoreStartAfter: true,
  });
  return job ?? expect.unreachable();
};

/** A film of one scene whose first frame was bought; the answer is in the hand of a worker that is thought dead. */
async function frameBought() {
  const { run } = await generateFilm(platform.ctx, {
    prompt: 'A lighthouse.',
    targetClipDuration: 4,
    targetDuration: 4,
    stopAfter: null,
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  await executeStep(platform.ctx, flows, storyboardStep, await claim(storyboardStep), signal);
  const job = await claim(keyframeStep);
  const prepared = await beginStep(platform.ctx, keyframeStep, job.data);
  const output = await keyframeStep.work(platform.ctx, prepared, signal);
  const storeAnswer = () =>
    platform.db.$transaction(async (tx) => {
      await lockRun(tx, run.id);
      await keyframeStep.buys?.acceptLate(tx, platform.ctx, run, prepared, output);
    });
  return { run, job, storeAnswer };
}

const runOf = ({ id }: { id: string }) => platform.db.pipelineRun.findUniqueOrThrow({ where: { id } });

const bookedOf = async ({ id: runId }: { id: string }) => {
  const of = { runId, call: 'KEYFRAME' };
  const entries = await platform.db.ledgerEntry.findMany({ where: of, orderBy: { id: 'asc' } });
  return entries.map(({ kind }) => kind);
};

test('a call found open is given a while to be answered, and its answer is taken', async () => {
  const { run, job, storeAnswer } = await frameBought();
  expect(await executeStep(platform.ctx, flows, keyframeStep, job, signal)).toBe('POSTPONED');
  await storeAnswer();
  expect(await executeStep(platform.ctx, flows, keyframeStep, await claim(keyframeStep), signal)).toBe(
    'DONE',
  );
  expect(await runOf(run)).toMatchObject({ status: 'RUNNING', errorCode: null });
  expect(await bookedOf(run)).toEqual(['RESERVE', 'SETTLE']);
});

test('a call that is still open after that while is one of which nobody knows', async () => {
  const { run, job } = await frameBought();
  expect(await executeStep(platform.ctx, flows, keyframeStep, job, signal)).toBe('POSTPONED');
  const later = await claim(keyframeStep);
  expect(await executeStep(platform.ctx, flows, keyframeStep, later, signal)).toBe('GIVEN_UP');
  expect(await runOf(run)).toMatchObject({ status: 'FAILED', errorCode: 'OUTCOME_UNKNOWN' });
  expect(await bookedOf(run)).toEqual(['RESERVE', 'UNKNOWN']);
});

test('an answer that comes between the last look and the verdict is taken too', async () => {
  const { run, job, storeAnswer } = await frameBought();
  const { operationKey } = await platform.db.ledgerEntry.findFirstOrThrow({
    where: { runId: run.id, call: 'KEYFRAME' },
  });
  await storeAnswer();
  const error = new OutcomeUnknown(operationKey, 'its answer was never stored');
  await giveUp(platform.ctx, flows, keyframeStep, job, { error, goods: null, wasWorthTrying: false });
  expect(await runOf(run)).toMatchObject({ status: 'RUNNING', errorCode: null });
  expect(await bookedOf(run)).toEqual(['RESERVE', 'SETTLE']);
  expect((await claim(keyframeStep)).data).toMatchObject({ input: { position: 'END' } });
});
