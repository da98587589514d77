/** Runs work on whatever has a column: here on a video, by a flow of which the engine knows nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DomainError } from '../../src/core/errors.ts';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { type Cap, setCap } from '../../src/features/budget/cap.ts';
import { readCost, workspaceScope } from '../../src/features/budget/balance.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { deleteVideo } from '../../src/features/videos/delete-video.ts';
import { cancel, resume } from '../../src/features/runs/control.ts';
import { createRun, type NewRun } from '../../src/features/runs/run.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import { openLog } from '../../src/platform/log.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { startWorker, type Worker } from '../../src/worker/worker.ts';
import { meteredProvider } from '../support/paid-project.ts';
import { runEnd } from '../support/run-end.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { LOOK_MICRO_USD, toyFlows } from '../support/toy-flow.ts';

const api = useTestApi();
let worker: Worker;
beforeAll(async () => {
  installProvider(meteredProvider);
  worker = await startWorker(api.ctx, { concurrency: 2, log: openLog('fatal'), flows: toyFlows });
});
afterAll(async () => {
  await worker.close();
  installProvider(animatic);
});

function launch(videoId: string, more: Partial<NewRun> = {}): Promise<PipelineRun> {
  const run: NewRun = {
    kind: 'FILM',
    subject: { type: 'Video', id: videoId },
    options: { title: 'Seen' },
    estimatedCostMicroUsd: BigInt(LOOK_MICRO_USD),
    priority: 'INTERACTIVE',
    stopAfter: null,
    maxCostCents: null,
    idempotencyKey: null,
    requestDigest: null,
    ...more,
  };
  return api.db.$transaction((tx) => createRun(tx, api.ctx, toyFlows, run));
}

/** Where the log says that a run was, each place once. */
async function placesOf(runId: string): Promise<string[]> {
  const entries = await api.db.auditLog.findMany({
    where: {
      scopes: { has: scopeOf('PipelineRun', runId) },
      subjectType: 'PipelineRun',
      eventType: 'STATE_CHANGE',
    },
    orderBy: { id: 'asc' },
  });
  const details = entries.map((entry) => entry.details as { stage: string | null; percent: number });
  return [...new Set(details.map(({ stage, percent }) => `${stage} ${percent}`))];
}

const settledOf = async (scope: string) => (await readCost(api.db, scope)).settledMicroUsd;

const toldBy = (error: unknown) =>
  error instanceof DomainError && [error.code, error.inputPath, error.message];

test('a flow on a video goes through its stages, pays for its call, and is told as any run is', async () => {
  const { videoId } = await seedFilm(api.ctx);
  const before = await settledOf(workspaceScope(api.ctx.actor.workspaceId));
  const launched = await launch(videoId);
  const run = await runEnd(api.ctx, launched.id);
  expect(run).toMatchObject({ status: 'COMPLETED', percent: 100, projectId: null, videoId });
  expect((await api.db.video.findUniqueOrThrow({ where: { id: videoId } })).title).toBe('Seen');
  expect(await settledOf(runScope(run.id))).toBe(LOOK_MICRO_USD);
  expect(await settledOf(workspaceScope(run.workspaceId))).toBe(before + LOOK_MICRO_USD);

  const id = encodeGlobalId('PipelineRun', run.id);
  const { pipelineRun } = await api.ask<{ pipelineRun: object }>(
    `query ($id: ID!) { pipelineRun(id: $id) {
      project { id } crossfadeSeconds subject { __typename ... on Video { title } }
      ledger(first: 5) { edges { node { kind projectId project { id } run { id } } } } } }`,
    { id },
  );
  const call = { projectId: null, project: null, run: { id } };
  expect(pipelineRun).toEqual({
    project: null,
    crossfadeSeconds: null,
    subject: { __typename: 'Video', title: 'Seen' },
    ledger: { edges: [{ node: { kind: 'RESERVE', ...call } }, { node: { kind: 'SETTLE', ...call } }] },
  });
});

test('once ended it is not resumed, and its refusal names what it worked on', async () => {
  const { videoId } = await seedFilm(api.ctx);
  const { id: runId } = await launch(videoId);
  await runEnd(api.ctx, runId);
  const message = 'The run has ended (COMPLETED); launch another one on its video.';
  expect(await resume(api.ctx, toyFlows, { runId }).catch(toldBy)).toEqual(['RUN_ENDED', ['runId'], message]);
});

test('it is as far as the stages behind it weigh, of those that its flow declares', async () => {
  const { videoId } = await seedFilm(api.ctx);
  const { id: runId } = await launch(videoId);
  await runEnd(api.ctx, runId);
  expect(await placesOf(runId)).toEqual(['null 0', 'KEYFRAMES 0', 'STITCH 25', 'STITCH 100']);
});

test('a run is asked to end with a stage of its flow, or is not launched', async () => {
  const { videoId } = await seedFilm(api.ctx);
  const refusal = ['INVALID_INPUT', ['stopAfter'], 'There is no stage CLIPS here, only KEYFRAMES, STITCH.'];
  expect(await launch(videoId, { stopAfter: 'CLIPS' }).catch(toldBy)).toEqual(refusal);
  expect(await api.db.pipelineRun.count({ where: { videoId } })).toBe(0);
});

test('its own cap holds it before its call; raised, it goes on', async () => {
  const { videoId } = await seedFilm(api.ctx);
  const { id: runId } = await launch(videoId, { maxCostCents: 1 });
  const statusOf = async () => (await api.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } })).status;
  await expect.poll(statusOf).toBe('PAUSED');
  expect(await settledOf(runScope(runId))).toBe(0);
  await resume(api.ctx, toyFlows, { runId, maxCostCents: 2 });
  expect(await runEnd(api.ctx, runId)).toMatchObject({ status: 'COMPLETED' });
  expect(await settledOf(runScope(runId))).toBe(LOOK_MICRO_USD);
});

test('a cap of what it works on holds every run on that; raised, it goes on, and it goes with its video', async () => {
  const { videoId } = await seedFilm(api.ctx);
  const scope = scopeOf('Video', videoId);
  const cap = (cents: Cap) =>
    api.db.$transaction((tx) => setCap(tx, api.ctx.actor.workspaceId, scope, cents));
  await cap(1);
  const { id: runId } = await launch(videoId);
  const rowOf = (id: string) => api.db.pipelineRun.findUniqueOrThrow({ where: { id } });
  await expect
    .poll(() => rowOf(runId))
    .toMatchObject({
      status: 'PAUSED',
      heldByCap: 'OTHER',
      errorMessage:
        'The cap of the video is $0.01; $0.00 of it is spent, $0.00 set aside, and the next call may cost $0.02. ' +
        'To go on, raise it: to 2 cents ($0.02) at least.',
    });
  expect(await settledOf(scope)).toBe(0);

  await cap(2);
  await resume(api.ctx, toyFlows, { runId });
  expect(await runEnd(api.ctx, runId)).toMatchObject({ status: 'COMPLETED' });
  expect(await readCost(api.db, scope)).toMatchObject({ settledMicroUsd: LOOK_MICRO_USD, maxCostCents: 2 });
  const { id: another } = await launch(videoId, { options: { title: 'Seen again' } });
  await expect.poll(async () => (await rowOf(another)).status).toBe('PAUSED');
  expect(await settledOf(runScope(another))).toBe(0);

  await cancel(api.ctx, toyFlows, { runId: another });
  await deleteVideo(api.ctx, videoId);
  expect(await readCost(api.db, scope)).toMatchObject({
    settledMicroUsd: LOOK_MICRO_USD,
    maxCostCents: null,
  });
});

test('a video has one live run at a time, and is not deleted under it', async () => {
  const { videoId } = await seedFilm(api.ctx);
  const { id } = await launch(videoId, { maxCostCents: 1 });
  const refusal = [
    'RUN_IN_PROGRESS',
    ['videoId'],
    'The video has a live run; wait for its end or cancel it.',
  ];
  expect(await launch(videoId).catch(toldBy)).toEqual(refusal);
  expect(await deleteVideo(api.ctx, videoId).catch(toldBy)).toEqual(refusal);
  await api.db.pipelineRun.update({ where: { id }, data: { status: 'CANCELLED', completedAt: new Date() } });
  await deleteVideo(api.ctx, videoId);
  expect(await api.db.pipelineRun.count({ where: { id } })).toBe(0);
});

test('what a flow was told is read by its own schema before anything is written', async () => {
  const { videoId } = await seedFilm(api.ctx);
  await expect(launch(videoId, { options: { heading: 'Seen' } })).rejects.toThrow(/title/);
  expect(await api.db.pipelineRun.count({ where: { videoId } })).toBe(0);
});
