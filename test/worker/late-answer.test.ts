/** Two workers and one call: the second finds it open while the first is about to store its answer. */
import { beforeEach, expect, test } from 'vitest';
import { AnswerMissing, OutcomeUnknown } from '../../src/features/budget/outcome-unknown.ts';
import { book } from '../../src/features/budget/reservation.ts';
import { keyframeStep } from '../../src/features/keyframes/keyframe.jobs.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { flows } from '../../src/features/pipelines/flows.ts';
import { advance } from '../../src/features/runs/engine/advance.ts';
import { beginStep } from '../../src/features/runs/engine/begin-step.ts';
import { executeStep } from '../../src/features/runs/engine/execute.ts';
import { giveUp } from '../../src/features/runs/engine/instead.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { lockRun } from '../../src/features/runs/run.sql.ts';
import type { AnyStep } from '../../src/features/runs/engine/step.ts';
import { storyboardStep } from '../../src/features/storyboards/storyboard.jobs.ts';
import { submitVideoClipStep } from '../../src/features/video-clips/submit-video-clip.jobs.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
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

/** A step that has bought; the answer is in the hand of a worker that is thought dead. */
async function bought(step: AnyStep, run: PipelineRun) {
  const job = await claim(step);
  const prepared = await beginStep(platform.ctx, step, job.data);
  const output = await step.work(platform.ctx, prepared, signal, () => {});
  const storeAnswer = () =>
    platform.db.$transaction(async (tx) => {
      await lockRun(tx, run.id);
      await step.buys?.acceptLate(tx, platform.ctx, run, prepared, output);
    });
  return { run, job, storeAnswer };
}

const done = async (step: AnyStep) => executeStep(platform.ctx, flows, step, await claim(step), signal);

/** A film of one scene whose first frame was bought. */
async function frameBought() {
  const { run } = await generateFilm(platform.ctx, {
    prompt: 'A lighthouse.',
    targetClipDuration: 4,
    targetDuration: 4,
    stopAfter: null,
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  await done(storyboardStep);
  return bought(keyframeStep, run);
}

/** The same, once it has its frames and its clip was bought. */
async function clipBought() {
  const { run, storeAnswer } = await frameBought();
  await storeAnswer();
  await platform.db.$executeRaw`DELETE FROM pgboss.job`;
  await platform.db.$transaction(async (tx) => {
    const locked = await lockRun(tx, run.id);
    if (locked) await advance(tx, platform.ctx, flows, locked);
  });
  await done(keyframeStep);
  return bought(submitVideoClipStep, run);
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

test('a clip whose submission was answered between the last look and the verdict is asked about, not given up', async () => {
  const { run, job, storeAnswer } = await clipBought();
  const { operationKey } = await platform.db.ledgerEntry.findFirstOrThrow({
    where: { runId: run.id, call: 'CLIP' },
  });
  await storeAnswer();
  const error = new AnswerMissing(operationKey);
  await giveUp(platform.ctx, flows, submitVideoClipStep, job, { error, goods: null, wasWorthTrying: false });
  expect(await runOf(run)).toMatchObject({ status: 'RUNNING', errorCode: null });
  const clip = await platform.db.videoClip.findFirstOrThrow({
    where: { scene: { projectId: run.projectId! } },
  });
  expect(clip).toMatchObject({ status: 'SUBMITTED', operationName: 'operations/1' });
  const kinds = await platform.db.ledgerEntry.findMany({ where: { operationKey }, select: { kind: true } });
  expect(kinds).toEqual([{ kind: 'RESERVE' }]);
});

test('a clip whose call is known as not charged, though nobody said so of the clip, is asked for again', async () => {
  const { run, job } = await clipBought();
  const { operationKey } = await platform.db.ledgerEntry.findFirstOrThrow({
    where: { runId: run.id, call: 'CLIP' },
  });
  await platform.db.$transaction((tx) => book(tx, platform.ctx.actor, operationKey, 'NOT_CHARGED'));
  expect(await executeStep(platform.ctx, flows, submitVideoClipStep, job, signal)).toBe('DONE');
  expect(await done(submitVideoClipStep)).toBe('DONE');
  expect(await runOf(run)).toMatchObject({ status: 'RUNNING', errorCode: null });
  const clip = await platform.db.videoClip.findFirstOrThrow({
    where: { scene: { projectId: run.projectId! } },
  });
  expect(clip).toMatchObject({ status: 'SUBMITTED', operationName: 'operations/2' });
});
