/** A run that has a video heard and asks a model for its moments pays for each once, within its cap, and tells the cost before. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readCost } from '../../src/features/budget/balance.ts';
import { launchMoments } from '../../src/features/pipelines/moments/launch-moments.ts';
import type { MomentsOrder } from '../../src/features/pipelines/moments/moments-order.ts';
import { momentsOptions } from '../../src/features/pipelines/moments/moments-options.ts';
import { resumeRun } from '../../src/features/pipelines/control/control.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { installProvider, providers } from '../../src/providers/registry.ts';
import { useFixture } from '../support/fixture.ts';
import { googleAt } from '../support/google-server/adapter.ts';
import { type GoogleServerProcess, startGoogleServer } from '../support/google-server/start.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { addFilm } from './support/talk-film.ts';

const platform = useTestPlatform({ workers: 2 });
const google = useFixture<GoogleServerProcess>(startGoogleServer, (server) => server.stop());
beforeEach(async () => {
  installProvider(googleAt(google, 'GEMINI'));
  await google.clearScenarios();
});
afterAll(() => {
  delete providers.GOOGLE;
});

const orderOf = (videoId: string, more: Partial<MomentsOrder> = {}): MomentsOrder => ({
  videoId,
  scope: 'MOMENTS_ONLY',
  way: {
    model: 'GEMINI',
    operationType: 'GENERATION',
    userPrompt: 'Rules that surprise.',
    systemPrompt: '',
    temperature: null,
    topP: null,
    topK: null,
    minMomentLength: 1,
    maxMomentLength: 10,
    minMoments: 1,
    maxMoments: 2,
  },
  options: momentsOptions.parse({ transcriptSource: 'GEMINI' }),
  stopAfter: 'FIND_MOMENTS',
  maxCostCents: null,
  priority: 'INTERACTIVE',
  idempotencyKey: null,
  ...more,
});

const launch = (order: MomentsOrder) => launchMoments(platform.ctx, order);
const paid = async () => (await google.ledger()).filter(({ chargedMicroUsd }) => chargedMicroUsd > 0);

test('a video is heard and asked about once, for what was told before, and not again by the next run', async () => {
  const { id: videoId } = await addFilm(platform, 12);
  const before = (await paid()).length;
  const run = await launch(orderOf(videoId));
  expect(run.estimatedCostMicroUsd).toBeGreaterThan(0n);
  const ended = await runEnd(platform.ctx, run.id);
  expect(ended).toMatchObject({ status: 'COMPLETED', errorCode: null, totalMoments: 1 });
  const bought = (await paid()).slice(before);
  expect(bought).toHaveLength(2);
  const cost = await readCost(platform.db, runScope(run.id));
  expect(cost).toMatchObject({
    settledMicroUsd: bought.reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0),
    reservedMicroUsd: 0,
    unknownMicroUsd: 0,
  });
  const transcript = await platform.db.transcript.findUniqueOrThrow({ where: { videoId } });
  expect(transcript).toMatchObject({
    transcriptionService: 'GEMINI',
    fullText: expect.stringMatching(/first rule/),
  });
  const [moment] = await platform.db.moment.findMany({ where: { videoId } });
  expect(moment).toMatchObject({ startTime: 0, generationModel: expect.stringMatching(/gemini/i) });

  const again = await launch(orderOf(videoId));
  expect(await runEnd(platform.ctx, again.id)).toMatchObject({ status: 'COMPLETED', totalMoments: 1 });
  expect(await paid()).toHaveLength(before + 2);
});

test('a cap without room pauses the run before anything is bought, and raised, it goes on', async () => {
  const { id: videoId } = await addFilm(platform, 12);
  const before = (await paid()).length;
  const { id: runId } = await launch(orderOf(videoId, { maxCostCents: 0 }));
  const read = () => platform.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
  await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toBe('PAUSED');
  expect(await read()).toMatchObject({ errorCode: 'BUDGET_EXCEEDED', heldByCap: 'RUN' });
  expect(await paid()).toHaveLength(before);
  await resumeRun(platform.ctx, { runId, maxCostCents: 50 });
  expect(await runEnd(platform.ctx, runId)).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await paid()).toHaveLength(before + 2);
});
