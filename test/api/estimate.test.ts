import { beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { setWorkspaceCostCaps } from '../../src/features/pipelines/control/cost-caps.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { paidProvider } from '../support/paid-provider/adapter.ts';
import { seedFilm, seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const paid = { ...paidProvider('http://127.0.0.1:1'), name: 'GOOGLE' as const };

beforeAll(() => {
  installProvider(paid);
});
const api = useTestApi();

type Range = { low: number; likely: number; high: number };
type Estimate = {
  isFree: boolean;
  sceneCount: Range;
  totalMicroUsd: Range;
  stages: { stage: string; calls: Range; totalMicroUsd: Range }[];
  expectedTime: { seconds: number; basis: string } | null;
  stalePrices: { asOf: string; isStale: boolean }[];
  warnings: { code: string; message: string }[];
};

const RANGE = '{ low likely high }';
const ESTIMATE = `isFree sceneCount ${RANGE} totalMicroUsd ${RANGE}
  stages { stage calls ${RANGE} totalMicroUsd ${RANGE} }
  expectedTime { seconds basis } stalePrices { asOf isStale } warnings { code message }`;

const estimateFilm = async (input: object) => {
  const query = `query ($input: GenerateFilmInput!) {
    result: estimateFilm(input: $input) {
      __typename ... on FilmEstimate { ${ESTIMATE} } ... on InvalidInputError { issues { path } }
    }
  }`;
  return (await api.ask<{ result: Estimate & { __typename: string; issues?: object[] } }>(query, { input }))
    .result;
};

const exactly = (count: number) => ({ low: count, likely: count, high: count });

test('providers tell their models and prices; the free animatic comes first', async () => {
  const { providers } = await api.ask<{ providers: object[] }>(
    '{ providers { name models { call name prices { unit microUsd resolution source asOf isStale } } } }',
  );
  expect(providers[0]).toMatchObject({
    name: 'ANIMATIC',
    models: ['STORYBOARD', 'KEYFRAME', 'CLIP'].map((call) => ({ call, name: 'animatic', prices: [] })),
  });
  expect(providers[1]).toMatchObject({
    name: 'GOOGLE',
    models: [
      { call: 'STORYBOARD', prices: [{ unit: 'MILLION_INPUT_TOKENS' }, { unit: 'MILLION_OUTPUT_TOKENS' }] },
      {
        call: 'KEYFRAME',
        name: 'paid-image-1',
        prices: [{ unit: 'IMAGE', microUsd: 40_000, isStale: false }],
      },
      {
        call: 'CLIP',
        prices: [
          {
            unit: 'SECOND',
            microUsd: 100_000,
            resolution: null,
            source: 'https://example.test/prices',
            asOf: '2026-11-01',
          },
        ],
      },
    ],
  });
});

describe('estimateFilm', () => {
  test('tells what each stage costs before anything exists, and writes nothing', async () => {
    const input = { prompt: 'A fox wakes. A hare runs.', provider: 'GOOGLE', targetDuration: 8 };
    expect(await estimateFilm(input)).toMatchObject({
      isFree: false,
      sceneCount: exactly(2),
      totalMicroUsd: { low: 929_000, likely: 929_000, high: 947_000 },
      stages: [
        {
          stage: 'STORYBOARD',
          calls: { low: 1, likely: 1, high: 3 },
          totalMicroUsd: { low: 9_000, high: 27_000 },
        },
        { stage: 'KEYFRAMES', calls: exactly(3), totalMicroUsd: exactly(120_000) },
        { stage: 'CLIPS', calls: exactly(2), totalMicroUsd: exactly(800_000) },
        { stage: 'STITCH', calls: exactly(0), totalMicroUsd: exactly(0) },
      ],
      stalePrices: [],
      warnings: [],
    });
    expect(await api.db.project.count()).toBe(0);
  });

  test('is free with the animatic', async () => {
    expect(await estimateFilm({ prompt: 'A fox wakes.', targetDuration: 4 })).toMatchObject({
      isFree: true,
      totalMicroUsd: exactly(0),
      expectedTime: { seconds: 5.9, basis: 'PROVIDER' },
    });
  });

  test('refuses what generateFilm would', async () => {
    expect(await estimateFilm({ prompt: '', style: 'baroque' })).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: ['prompt'] }, { path: ['style'] }],
    });
  });

  test('warns of each cap at which the run would likely pause', async () => {
    await setWorkspaceCostCaps(api.ctx, { maxCostCents: 100, maxDailyCostCents: 40 });
    const input = { prompt: 'A fox.', provider: 'GOOGLE', targetDuration: 4, maxCostCents: 10 };
    const { warnings } = await estimateFilm(input);
    await setWorkspaceCostCaps(api.ctx, { maxCostCents: null, maxDailyCostCents: null });
    expect(warnings).toMatchObject([
      { code: 'ABOVE_CAP', message: expect.stringMatching(/of its own leaves \$0\.10, and \$0\.489/) },
      { code: 'ABOVE_CAP', message: expect.stringMatching(/of the day \(UTC\) leaves \$0\.40/) },
    ]);
  });

  test('flags a price that was read more than 90 days ago', async () => {
    const { model } = paid.capabilities.CLIP;
    const [price, ...others] = model.prices;
    if (!price || others.length > 0) throw new Error('A clip has one price.');
    const prices = [{ ...price, asOf: '2026-01-31' }];
    installProvider(changed(paid, { CLIP: { model: { ...model, prices } } }));
    const { stalePrices, warnings } = await estimateFilm({ prompt: 'A fox.', provider: 'GOOGLE' });
    installProvider(paid);
    expect(stalePrices).toEqual([{ asOf: '2026-01-31', isStale: true }]);
    expect(warnings).toMatchObject([
      { code: 'STALE_PRICE', message: expect.stringContaining('paid-film-1') },
    ]);
  });
});

const estimateOf = async (id: string) =>
  (
    await api.ask<{ project: { estimate: Estimate } }>(
      `query ($id: ID!) { project(id: $id) { estimate { ${ESTIMATE} } } }`,
      { id: encodeGlobalId('Project', id) },
    )
  ).project.estimate;

describe('the estimate of a project', () => {
  test('counts what it lacks, and no scene twice', async () => {
    const { projectId, sceneIds } = await seedFilm(api.ctx, { sceneCount: 3 });
    await api.db.project.update({ where: { id: projectId }, data: { provider: 'GOOGLE' } });
    expect(await estimateOf(projectId)).toMatchObject({ sceneCount: exactly(3), totalMicroUsd: exactly(0) });
    const [sceneId = ''] = sceneIds;
    await api.db.videoClip.updateMany({ where: { sceneId }, data: { supersededAt: new Date() } });
    expect(await estimateOf(projectId)).toMatchObject({ totalMicroUsd: exactly(400_000) });
  });

  test('counts a frame that is paid for and waits for the storage as had', async () => {
    const { projectId, sceneIds } = await seedFilm(api.ctx);
    await api.db.project.update({ where: { id: projectId }, data: { provider: 'GOOGLE' } });
    const [, sceneId = ''] = sceneIds;
    await api.db.keyframe.deleteMany({ where: { sceneId, position: 'END' } });
    expect(await estimateOf(projectId)).toMatchObject({ totalMicroUsd: exactly(40_000) });
    const picture = { filePath: 'a/frame.png', mimeType: 'image/png', width: 320, height: 180 };
    await api.db.unkeptFrame.create({
      data: { id: newId(), sceneId, position: 'END', promptUsed: 'A fox.', machine: 'here', ...picture },
    });
    expect(await estimateOf(projectId)).toMatchObject({ totalMicroUsd: exactly(0) });
  });

  test('takes its time from the films that the workspace has made', async () => {
    const { runId } = await seedFilm(api.ctx, { sceneCount: 2 });
    await api.db.pipelineRun.update({ where: { id: runId }, data: { totalDurationSeconds: 30 } });
    const others = { id: { not: runId } };
    await api.db.pipelineRun.updateMany({ where: others, data: { totalDurationSeconds: null } });
    const { expectedTime } = await estimateFilm({ prompt: 'A fox.', targetDuration: 12 });
    expect(expectedTime).toEqual({ seconds: 45, basis: 'MEASURED' });
  });
});

const A_CLIP = 400_000;

const estimateOfRetry = async (id: string) =>
  (
    await api.ask<{ scene: { retryEstimate: Estimate } | null }>(
      `query ($id: ID!) { scene(id: $id) { retryEstimate { ${ESTIMATE} remainingMicroUsd ${RANGE} } } }`,
      { id: encodeGlobalId('Scene', id) },
    )
  ).scene?.retryEstimate;

/** The scenes of a film that lacks nothing. */
async function paidScenes() {
  const { projectId, sceneIds } = await seedFilm(api.ctx);
  await api.db.project.update({ where: { id: projectId }, data: { provider: 'GOOGLE' } });
  const [first = '', second = ''] = sceneIds;
  return { projectId, first, second };
}

const change = (sceneId: string, data: { status: 'POLLING' | 'RAI_FILTERED'; operationName?: string }) =>
  api.db.videoClip.updateMany({ where: { sceneId, supersededAt: null }, data });

describe('the estimate of a retry', () => {
  test('is the price of a clip for a film that lacks nothing, and changes nothing', async () => {
    const { projectId, first } = await paidScenes();
    expect(await estimateOfRetry(first)).toMatchObject({
      remainingMicroUsd: exactly(A_CLIP),
      sceneCount: exactly(2),
      stages: [
        { stage: 'STORYBOARD', calls: exactly(0) },
        { stage: 'KEYFRAMES', calls: exactly(0) },
        { stage: 'CLIPS', calls: exactly(1) },
        { stage: 'STITCH', calls: exactly(0) },
      ],
    });
    expect(await estimateOf(projectId)).toMatchObject({ totalMicroUsd: exactly(0) });
  });

  test('has all else that the film lacks besides', async () => {
    const { first, second } = await paidScenes();
    await api.db.videoClip.updateMany({ where: { sceneId: second }, data: { supersededAt: new Date() } });
    await api.db.keyframe.deleteMany({ where: { sceneId: first, position: 'END' } });
    expect(await estimateOfRetry(first)).toMatchObject({ remainingMicroUsd: exactly(2 * A_CLIP + 40_000) });
  });

  test('is nothing for a clip that is with its provider', async () => {
    const { first } = await paidScenes();
    await change(first, { status: 'POLLING', operationName: 'operations/1' });
    expect(await estimateOfRetry(first)).toMatchObject({ remainingMicroUsd: exactly(0) });
  });

  test('is a clip for a scene that was refused for good, which its project no longer asks for', async () => {
    const { projectId, first } = await paidScenes();
    await change(first, { status: 'RAI_FILTERED' });
    await api.db.scene.update({ where: { id: first }, data: { status: 'FAILED' } });
    expect(await estimateOf(projectId)).toMatchObject({ totalMicroUsd: exactly(0) });
    expect(await estimateOfRetry(first)).toMatchObject({ remainingMicroUsd: exactly(A_CLIP) });
  });

  test('is not told of a scene of somebody else', async () => {
    const workspaceId = await seedWorkspace(api.db);
    const { sceneIds } = await seedFilm(api.ctx, { workspaceId });
    expect(await estimateOfRetry(sceneIds[0] ?? '')).toBeUndefined();
  });
});
