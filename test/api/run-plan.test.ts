/** A run that was planned: launched as it was shown, or not at all. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId, newId } from '../../src/core/ids.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import { providers } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { paidProvider } from '../support/paid-provider/adapter.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';

const paid = { ...paidProvider('http://127.0.0.1:1'), name: 'GOOGLE' as const };

beforeAll(() => {
  providers.GOOGLE = paid;
});
const api = useTestApi();
afterAll(() => {
  delete providers.GOOGLE;
});

/** A film of two scenes whose last one lacks its clip. */
let bareId: string;
let projectId: string;
let sceneId: string;
beforeEach(async () => {
  const film = await seedFilm(api.ctx);
  bareId = film.projectId;
  projectId = encodeGlobalId('Project', bareId);
  sceneId = film.sceneIds[1] ?? '';
  await api.db.project.update({ where: { id: bareId }, data: { provider: 'GOOGLE', status: 'FAILED' } });
  await api.db.videoClip.deleteMany({ where: { sceneId } });
  await api.db.scene.update({ where: { id: sceneId }, data: { status: 'KEYFRAMES_DONE' } });
});

type Planned = {
  plan: { id: string; digest: string; expiresAt: string };
  estimate: { totalMicroUsd: { low: number; high: number } };
};

const planRun = async (input: object = {}) => {
  const selection = 'plan { id digest expiresAt } estimate { totalMicroUsd { low high } }';
  return mutate<Planned>(api, 'planRun', { projectId, ...input }, selection);
};

async function planned(input: object = {}) {
  const { plan } = await planRun(input);
  if (!plan) throw new Error('There is no plan.');
  return { planId: plan.id, digest: plan.digest };
}

const launch = (plan: object, input: object = {}) => mutate(api, 'launchRun', { projectId, plan, ...input });

test('a plan tells what the run costs and launches nothing; confirmed, it launches that run', async () => {
  const runs = await api.db.pipelineRun.count();
  const { plan, estimate } = await planRun();
  expect(estimate?.totalMicroUsd).toEqual({ low: 400_000, high: 400_000 });
  expect(Date.parse(plan?.expiresAt ?? '')).toBeGreaterThan(Date.now());
  expect(await api.db.pipelineRun.count()).toBe(runs);

  const { run } = await launch({ planId: plan?.id, digest: plan?.digest });
  expect(run).toMatchObject({ status: 'QUEUED' });
});

test('nothing has changed: the same digest', async () => {
  expect((await planned()).digest).toBe((await planned()).digest);
});

const CHANGES: [what: string, named: string, change: () => unknown][] = [
  [
    'a prompt',
    'the scenes',
    () => api.db.scene.update({ where: { id: sceneId }, data: { videoMotionPrompt: 'Another.' } }),
  ],
  [
    'a frame',
    'the frames',
    () =>
      api.db.keyframe.updateMany({ where: { sceneId, position: 'END' }, data: { supersededAt: new Date() } }),
  ],
  [
    'a clip',
    'the clips',
    () => api.db.videoClip.create({ data: { id: newId(), sceneId, status: 'FAILED' } }),
  ],
  [
    'the provider',
    'the provider, the prices',
    () => mutate(api, 'upgradeProject', { projectId, provider: 'ANIMATIC' }, ''),
  ],
  [
    'the length of a clip',
    'the project',
    () => api.db.project.update({ where: { id: bareId }, data: { targetClipDuration: 5 } }),
  ],
  [
    'a price',
    'the prices',
    () => {
      const { model } = paid.capabilities.CLIP;
      const prices = model.prices.map((price) => ({ ...price, microUsd: 100_001 }));
      providers.GOOGLE = changed(paid, { CLIP: { model: { ...model, prices } } });
    },
  ],
  ['a cap', 'the caps', () => mutate(api, 'setProjectCostCap', { projectId, maxCostCents: 500 }, '')],
  [
    'what was paid',
    'what was paid',
    () =>
      api.db.$transaction(async (tx) => {
        const run = await tx.pipelineRun.findFirstOrThrow({ where: { projectId: bareId } });
        const quote = { resolution: null, likely: { SECOND: 4 }, most: { SECOND: 4 } };
        await reserve(tx, run, { provider: 'GOOGLE', call: 'CLIP', quote, subject: 'clip:1' });
      }),
  ],
  [
    'another run',
    'another run',
    async () => {
      const { run } = await mutate(api, 'launchRun', { projectId });
      await mutate(api, 'cancelRun', { runId: run?.id });
    },
  ],
];

test.each(CHANGES)('%s has changed: refused, and told so', async (_what, named, change) => {
  const plan = await planned();
  await change();
  const result = await launch(plan);
  providers.GOOGLE = paid;
  expect(result).toMatchObject({ __typename: 'ConflictError', code: 'PLAN_STALE', path: ['plan'] });
  expect(result.message).toContain(`Changed since: ${named}`);
});

test('refused with another digest, another last stage, and after its time', async () => {
  const plan = await planned();
  const refusal = { code: 'PLAN_STALE' };
  expect(await launch({ ...plan, digest: 'another' })).toMatchObject(refusal);
  expect(await launch(plan, { stopAfter: 'CLIPS' })).toMatchObject({
    ...refusal,
    message: expect.stringContaining('the last stage'),
  });
  expect(await launch({ ...plan, planId: encodeGlobalId('RunPlan', newId()) })).toMatchObject(refusal);
  const { id = '' } = decodeGlobalId(plan.planId) ?? {};
  await api.db.runPlan.update({ where: { id }, data: { expiresAt: new Date(0) } });
  expect(await launch(plan)).toMatchObject({ ...refusal, message: expect.stringContaining('1970') });
});

test('a complete project and one with a live run have nothing to plan', async () => {
  await api.db.project.update({ where: { id: bareId }, data: { status: 'COMPLETE' } });
  expect(await planRun()).toMatchObject({ code: 'ALREADY_COMPLETE' });
  await api.db.project.update({ where: { id: bareId }, data: { status: 'FAILED' } });
  await mutate(api, 'launchRun', { projectId });
  expect(await planRun()).toMatchObject({ code: 'RUN_IN_PROGRESS' });
});
