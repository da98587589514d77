/** What a model chooses is bought once for each question and stays paid for, whatever goes wrong between us and Google. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { readCost } from '../../src/features/budget/balance.ts';
import { quoteSearch, quoteUnheard } from '../../src/features/moments/ask/estimate-search.ts';
import { foundByModel } from '../../src/features/moments/ask/found-by-model.ts';
import { askingOf, layOutRefinement, layOutSearch } from '../../src/features/moments/ask/question-rows.ts';
import { advance } from '../../src/features/runs/engine/advance.ts';
import { executeStep } from '../../src/features/runs/engine/execute.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { createRun } from '../../src/features/runs/run.ts';
import { lockRun } from '../../src/features/runs/run.sql.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { installProvider, providers } from '../../src/providers/registry.ts';
import { askingFlows, askingStep } from '../support/asking-flow.ts';
import { useFixture } from '../support/fixture.ts';
import { googleAt } from '../support/google-server/adapter.ts';
import { TRIP_WORDS } from '../support/google-server/content.ts';
import { type GoogleServerProcess, startGoogleServer } from '../support/google-server/start.ts';
import type { Trouble } from '../support/paid-provider/protocol.ts';
import { configOf, momentOf, promptOf, transcriptOf } from '../support/seed-moments.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();
const google = useFixture<GoogleServerProcess>(startGoogleServer, (server) => server.stop());
beforeEach(async () => {
  installProvider(googleAt(google, 'VERTEX'));
  await google.clearScenarios();
  // The runs of other tests are not gone on with.
  await platform.db.$executeRaw`DELETE FROM pgboss.job`;
});
afterAll(() => {
  delete providers.GOOGLE;
});
const { signal } = new AbortController();
let talks = 0;

type Wish = { sentences?: number; letters?: number; word?: string; refines?: boolean };

/** A run that asks about a talk of sentences of two words and four seconds. */
async function begin({ sentences: count = 30, letters = 0, word = '', refines = false }: Wish = {}) {
  const { ctx, db } = platform;
  const { workspaceId } = ctx.actor;
  const { videoId } = await seedFilm(ctx);
  const tag = `Talk${(talks += 1)}x`;
  const segments = Array.from({ length: count }, (_, index) => ({
    text: `${tag} ${word}${index + 1}${'x'.repeat(letters)}.`,
    start: index * 4,
    end: index * 4 + 3.5,
    numberOfWords: 2,
  }));
  await db.video.update({ where: { id: videoId }, data: { durationSeconds: count * 4 } });
  await db.transcript.create({
    data: { ...transcriptOf(videoId), segmentTimestamps: segments, numberOfSegments: count },
  });
  const { id: promptId } = await db.prompt.create({ data: promptOf(workspaceId) });
  const limits = { minMomentLength: 10, maxMomentLength: 30, minMoments: 2, maxMoments: 4 };
  const config = {
    ...configOf(workspaceId, promptId),
    ...limits,
    model: 'GEMINI',
    temperature: 0.8,
    topP: 0.9,
    topK: 40,
    ...(refines && { operationType: 'REFINEMENT' as const }),
  };
  const { id: configId } = await db.generationConfig.create({ data: config });
  const { id: momentId } = await db.moment.create({
    data: { ...momentOf(videoId), ...(refines && { startTime: 40, endTime: 52 }) },
  });
  const { id: runId } = await db.$transaction((tx) =>
    createRun(tx, ctx, askingFlows, {
      kind: 'FILM',
      subject: { type: 'Video', id: videoId },
      options: { configId },
      estimatedCostMicroUsd: 0n,
      priority: 'INTERACTIVE',
      stopAfter: null,
      maxCostCents: null,
      idempotencyKey: newId(),
      requestDigest: null,
    }),
  );
  const search = { runId, videoId, configId };
  await db.$transaction(async (tx) => {
    if (refines) await layOutRefinement(tx, { ...search, momentIds: [momentId] });
    else await layOutSearch(tx, search);
    const run = await lockRun(tx, runId);
    if (run) await advance(tx, ctx, askingFlows, run);
  });
  const bought = async () => (await google.ledger()).filter(({ subject }) => subject.includes(tag));
  return {
    tag,
    momentId,
    config: { ...limits, ...config, topP: 0.9, topK: 40, prompt: { systemPrompt: '', userPrompt: '' } },
    bought,
    run: () => db.pipelineRun.findUniqueOrThrow({ where: { id: runId } }),
    asking: () => db.$transaction((tx) => askingOf(tx, search)),
    found: () => db.$transaction((tx) => foundByModel(tx, search)),
    async money() {
      const { settledMicroUsd: settled, unknownMicroUsd: unknown } = await readCost(db, runScope(runId));
      const charged = (await bought()).reduce((sum, entry) => sum + entry.chargedMicroUsd, 0);
      return { settled, unknown, charged };
    },
    /** What was sent to the model for it, in order. */
    async sent() {
      const bodies = (await google.requests()).map(({ body }) => body as Sent);
      return bodies.filter((body) => JSON.stringify(body).includes(tag));
    },
  };
}

type Sent = {
  contents: { parts: { text: string }[] }[];
  generationConfig: { temperature?: number; topP?: number; topK?: number; maxOutputTokens: number };
};

const claim = async (): Promise<ClaimedJob> => {
  const [job] = await platform.queue.boss.fetch<ClaimedJob['data']>(askingStep.name, {
    includeMetadata: true,
    ignoreStartAfter: true,
  });
  return job ?? expect.unreachable();
};
const work = async () => executeStep(platform.ctx, askingFlows, askingStep, await claim(), signal);

const expectBalance = async (own: Awaited<ReturnType<typeof begin>>) => {
  const { charged } = await own.money();
  expect(await own.money()).toEqual({ settled: charged, unknown: 0, charged });
};

test('moments are found by sentences and fall on words; how freely it answers is as configured', async () => {
  const own = await begin();
  expect(await work()).toBe('DONE');
  expect(await own.run()).toMatchObject({ status: 'COMPLETED' });
  const { moments, foundBy, shortfall } = await own.found();
  expect([foundBy, shortfall]).toEqual(['gemini-3.8-flash', null]);
  expect(moments).toHaveLength(4);
  expect(moments[0]).toEqual({
    title: `${own.tag} 3.`,
    startSeconds: 0,
    endSeconds: 11.5,
    startWord: 0,
    endWord: 6,
    score: 7,
    reasons: [{ feature: 'MODEL', points: 2, evidence: `About ${own.tag} 3.` }],
    refines: null,
  });
  const [sent, ...more] = await own.sent();
  expect(more).toEqual([]);
  expect(sent?.generationConfig).toMatchObject({ temperature: 0.8, topP: 0.9, topK: 40 });
  expect(sent?.contents[0]?.parts[0]?.text).toMatch(/of 10 to 30 seconds: at least 2, at most 4/);
  await expectBalance(own);
});

test('an answer of no use is paid for, and asked for three times at most, each time less freely', async () => {
  const own = await begin({ word: TRIP_WORDS.prose });
  expect(await work()).toBe('GIVEN_UP');
  expect(await own.asking()).toMatchObject({
    state: 'FAILED',
    problem: { code: 'PROVIDER_FAILED', message: expect.stringMatching(/in 3 tries/) },
  });
  const sent = await own.sent();
  expect(sent.map(({ generationConfig }) => generationConfig.temperature)).toEqual([0.8, 0.4, 0.2]);
  expect(sent[1]?.contents[0]?.parts[0]?.text).toMatch(/of no use\. The answer has no list of moments/);
  expect(await own.bought()).toHaveLength(3);
  await expectBalance(own);
});

test.each([
  ['too many requests', { kind: 'STATUS', status: 429 }],
  ['an overload', { kind: 'STATUS', status: 503 }],
] satisfies [string, Trouble][])(
  '%s passes: it is tried again, and bought once',
  { tags: 'long' },
  async (_, trouble) => {
    const own = await begin();
    await google.fault({ call: 'MOMENTS', subject: own.tag, times: 1, ...trouble });
    expect([await work(), await work()]).toEqual(['TRIED_AGAIN', 'DONE']);
    expect(await own.bought()).toHaveLength(1);
    await expectBalance(own);
  },
);

test.each([
  ['as the connection broke', { kind: 'RESET', accepted: true }],
  ['as it broke off', { kind: 'CUT' }],
] satisfies [string, Trouble][])(
  'an answer that nobody has, %s, is not asked for again by itself',
  { tags: 'long' },
  async (_, trouble) => {
    const own = await begin();
    await google.fault({ call: 'MOMENTS', subject: own.tag, times: 1, ...trouble });
    expect(await work()).toBe('GIVEN_UP');
    expect(await own.run()).toMatchObject({ status: 'FAILED', errorCode: 'OUTCOME_UNKNOWN' });
    expect((await own.money()).unknown).toBeGreaterThan(0);
    expect(await own.bought()).toHaveLength(1);
  },
);

test('an answer that lost its first half leaves open what was bought', { tags: 'long' }, async () => {
  const own = await begin();
  await google.fault({ call: 'MOMENTS', subject: own.tag, times: 1, kind: 'MALFORMED' });
  expect(await work()).toBe('GIVEN_UP');
  expect(await own.run()).toMatchObject({ errorCode: 'OUTCOME_UNKNOWN' });
});

test(
  'an answer that comes when its worker was given up is taken, and nothing is bought again',
  { tags: 'long' },
  async () => {
    const own = await begin();
    const job = await claim();
    await google.fault({ call: 'MOMENTS', subject: own.tag, times: 1, kind: 'SLOW', delayMs: 300 });
    const late = executeStep(platform.ctx, askingFlows, askingStep, job, signal);
    await expect.poll(async () => (await own.bought()).length).toBe(1);
    await platform.db.$executeRaw`UPDATE pgboss.job SET state = 'retry' WHERE state = 'active'`;
    expect(await work()).toBe('POSTPONED');
    expect(await late).toBe('DONE');
    expect(await own.asking()).toEqual({ state: 'DONE' });
    expect(await own.bought()).toHaveLength(1);
    await expectBalance(own);
  },
);

test('a long talk is asked about in parts, and the best of all of them are found', async () => {
  const own = await begin({ sentences: 60, letters: 4_000 });
  const told = await own.asking();
  const { questionIds = [] } = told as Partial<Extract<typeof told, { state: 'OPEN' }>>;
  expect(questionIds.length).toBeGreaterThan(1);
  for (const _ of questionIds) expect(await work()).toBe('DONE');
  const { moments } = await own.found();
  expect(moments).toHaveLength(4);
  expect(await own.bought()).toHaveLength(questionIds.length);
  await expectBalance(own);
});

test('better edges of a moment are asked for by the sentences around it', async () => {
  const own = await begin({ refines: true });
  expect(await work()).toBe('DONE');
  const { moments, shortfall } = await own.found();
  expect([moments.length, shortfall, moments[0]?.refines]).toEqual([1, null, own.momentId]);
  const [sent] = await own.sent();
  expect(sent?.contents[0]?.parts[0]?.text).toMatch(/goes from sentence 11 to sentence 13 so far/);
});

test('of a talk shorter than a moment nobody is asked', async () => {
  const own = await begin({ sentences: 2 });
  expect(await own.asking()).toEqual({ state: 'NOT_LAID_OUT' });
  expect(await own.found()).toMatchObject({ moments: [], shortfall: 'VIDEO_TOO_SHORT' });
  expect(await own.bought()).toEqual([]);
});

test('what it will cost is told before, with a transcript or without', async () => {
  const { config } = await begin();
  const sentences = [{ text: 'A fox wakes.', startSeconds: 0, endSeconds: 60 }];
  const [quote, ...more] = quoteSearch(config, sentences);
  expect(more).toEqual([]);
  expect(quote?.most.MILLION_OUTPUT_TOKENS).toBe(32_768 / 1_000_000);
  expect(quoteUnheard(config, 3 * 3_600).length).toBeGreaterThan(1);
});
