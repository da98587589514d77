/** What is heard is bought once and stays paid for, whatever goes wrong between us and Google. */
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { readCost } from '../../src/features/budget/balance.ts';
import { quoteHearing } from '../../src/features/transcripts/hear/estimate-hearing.ts';
import { hearingOf, layOutChunks } from '../../src/features/transcripts/hear/chunk-rows.ts';
import { beginStep } from '../../src/features/runs/engine/begin-step.ts';
import { executeStep } from '../../src/features/runs/engine/execute.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { createRun } from '../../src/features/runs/run.ts';
import { lockRun } from '../../src/features/runs/run.sql.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { installProvider, providers } from '../../src/providers/registry.ts';
import { useFixture } from '../support/fixture.ts';
import { googleAt } from '../support/google-server/adapter.ts';
import { type GoogleServerProcess, startGoogleServer } from '../support/google-server/start.ts';
import { hearingFlows, hearingStep } from '../support/hearing-flow.ts';
import type { Trouble } from '../support/paid-provider/protocol.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { wavOf } from '../support/wav.ts';

const platform = useTestPlatform();
const google = useFixture<GoogleServerProcess>(startGoogleServer, (server) => server.stop());
beforeEach(async () => {
  installProvider(googleAt(google, 'GEMINI'));
  await google.clearScenarios();
  // The runs of other tests are not gone on with.
  await platform.db.$executeRaw`DELETE FROM pgboss.job`;
});
afterAll(() => {
  delete providers.GOOGLE;
});
const { signal } = new AbortController();

const TWO_CHUNKS = [
  { startSeconds: 0, endSeconds: 6 },
  { startSeconds: 5, endSeconds: 9 },
];

/** A run that is to hear a film of nine seconds, in these chunks. */
async function begin(chunks = TWO_CHUNKS.slice(0, 1)) {
  const { ctx, db, storage } = platform;
  const { videoId } = await seedFilm(ctx);
  const key = `${ctx.actor.workspaceId}/files/${newId()}.wav`;
  await storage.withTemporary('wav', async (file) => {
    await writeFile(file, wavOf(9));
    await storage.keep(file, key);
  });
  await db.video.update({ where: { id: videoId }, data: { filePath: key, durationSeconds: 9 } });
  await db.$transaction((tx) => layOutChunks(tx, videoId, chunks, { language: null, hasSpeakers: true }));
  const sentBefore = (await bought()).length;
  const runId = await launch(videoId);
  const own = {
    videoId,
    runId,
    run: () => db.pipelineRun.findUniqueOrThrow({ where: { id: runId } }),
    transcript: () => db.transcript.findUnique({ where: { videoId } }),
    hearing: () => db.$transaction((tx) => hearingOf(tx, videoId)),
    bought: async () => (await bought()).slice(sentBefore),
    /** What the ledger says, beside what Google charged. */
    async money() {
      const { settledMicroUsd: settled, unknownMicroUsd: unknown } = await readCost(db, runScope(runId));
      const charged = (await own.bought()).reduce((sum, entry) => sum + entry.chargedMicroUsd, 0);
      return { settled, unknown, charged };
    },
  };
  return own;
}

const launch = async (videoId: string): Promise<string> => {
  const { ctx, db } = platform;
  const asked = {
    kind: 'FILM' as const,
    subject: { type: 'Video' as const, id: videoId },
    options: {},
    estimatedCostMicroUsd: 0n,
    priority: 'INTERACTIVE' as const,
    stopAfter: null,
    maxCostCents: null,
    idempotencyKey: null,
    requestDigest: null,
  };
  return (await db.$transaction((tx) => createRun(tx, ctx, hearingFlows, asked))).id;
};

const bought = async () => (await google.ledger()).filter(({ kind }) => kind === 'TRANSCRIPT');

const claim = async (): Promise<ClaimedJob> => {
  const [job] = await platform.queue.boss.fetch<ClaimedJob['data']>(hearingStep.name, {
    includeMetadata: true,
    ignoreStartAfter: true,
  });
  return job ?? expect.unreachable();
};
const work = async () => executeStep(platform.ctx, hearingFlows, hearingStep, await claim(), signal);
const fault = (trouble: Trouble) => google.fault({ call: 'TRANSCRIPT', times: 1, ...trouble });
const balanced = (charged: number) => ({ settled: charged, unknown: 0, charged });

test('chunks are heard one by one, and make a transcript that says who heard it', async () => {
  const own = await begin(TWO_CHUNKS);
  expect(await own.hearing()).toMatchObject({ state: 'OPEN', heard: 0, all: 2 });
  expect([await work(), await work()]).toEqual(['DONE', 'DONE']);
  expect(await own.run()).toMatchObject({ status: 'COMPLETED' });
  expect(await own.transcript()).toMatchObject({
    transcriptionService: 'GEMINI',
    transcriptionModel: 'gemini-3.5-transcribe',
    language: 'en-US',
    isSpread: false,
    fullText: expect.stringMatching(/^Okay, so the first rule is simple\./),
  });
  expect(await platform.db.transcriptChunk.count({ where: { videoId: own.videoId } })).toBe(0);
  const { charged } = await own.money();
  expect(charged).toBeGreaterThan(0);
  expect(await own.money()).toEqual(balanced(charged));
  const [first, second] = (await google.requests()).slice(-2).map(({ body }) => JSON.stringify(body));
  expect(first).not.toBe(second);
  expect(first).toContain('"diarization":true');
});

test.each([
  ['too many requests', { kind: 'STATUS', status: 429 }],
  ['an overload', { kind: 'STATUS', status: 503 }],
] satisfies [string, Trouble][])(
  '%s passes: it is tried again, and bought once',
  { tags: 'long' },
  async (_, trouble) => {
    const own = await begin();
    await fault(trouble);
    expect([await work(), await work()]).toEqual(['TRIED_AGAIN', 'DONE']);
    expect(await own.bought()).toHaveLength(1);
    expect(await own.money()).toEqual(balanced((await own.money()).charged));
  },
);

describe('an answer that nobody has', () => {
  test.each([
    ['as the connection broke', { kind: 'RESET', accepted: true }],
    ['as it broke off', { kind: 'CUT' }],
  ] satisfies [string, Trouble][])(
    '%s, is not asked for again by itself',
    { tags: 'long' },
    async (_, trouble) => {
      const own = await begin();
      await fault(trouble);
      expect(await work()).toBe('GIVEN_UP');
      expect(await own.run()).toMatchObject({ status: 'FAILED', errorCode: 'OUTCOME_UNKNOWN' });
      expect((await own.money()).unknown).toBeGreaterThan(0);
      await launch(own.videoId);
      expect([await work(), await work()]).toEqual(['POSTPONED', 'GIVEN_UP']);
      expect(await own.bought()).toHaveLength(1);
    },
  );

  test('as its process died, is taken when it comes after all', async () => {
    const own = await begin();
    const job = await claim();
    const prepared = await beginStep(platform.ctx, hearingStep, job.data);
    const output = await hearingStep.work(platform.ctx, prepared, signal, () => {});
    await platform.db.$executeRaw`UPDATE pgboss.job SET state = 'retry' WHERE state = 'active'`;
    expect([await work(), await work()]).toEqual(['POSTPONED', 'GIVEN_UP']);
    expect(await own.bought()).toHaveLength(1);
    await platform.db.$transaction(async (tx) => {
      const run = await lockRun(tx, own.runId);
      if (run) await hearingStep.buys?.acceptLate(tx, platform.ctx, run, prepared, output);
    });
    expect(await own.hearing()).toEqual({ state: 'DONE' });
    expect(await own.money()).toEqual(balanced((await own.money()).charged));
  });
});

const empty = (times: number) =>
  google.play({ scenario: 'hearing/gc-empty-part-200', subject: 'Okay', times });

describe('an answer with nothing in it', () => {
  test('is paid for and asked for again', { tags: 'long' }, async () => {
    const own = await begin();
    await empty(1);
    expect([await work(), await work()]).toEqual(['TRIED_AGAIN', 'DONE']);
    expect(await own.transcript()).not.toBeNull();
    expect(await own.bought()).toHaveLength(2);
    expect(await own.money()).toEqual(balanced((await own.money()).charged));
  });

  test('twice is silence: there is no transcript, and no failure', async () => {
    const own = await begin();
    await empty(1);
    await google.play({ scenario: 'hearing/int-silence-no-steps', subject: 'Okay', times: 1 });
    expect([await work(), await work()]).toEqual(['TRIED_AGAIN', 'DONE']);
    expect(await own.hearing()).toEqual({ state: 'SILENT' });
    expect(await own.run()).toMatchObject({ status: 'COMPLETED' });
    expect(await own.money()).toEqual(balanced((await own.money()).charged));
  });
});

test('what a filter refuses is refused for good, and paid for as it says', async () => {
  const own = await begin();
  await google.play({ scenario: 'hearing/gc-blocked-prohibited', subject: 'Okay', times: 1 });
  expect(await work()).toBe('GIVEN_UP');
  expect(await own.hearing()).toMatchObject({ state: 'FAILED', problem: { code: 'PROMPT_BLOCKED' } });
  expect(await own.bought()).toHaveLength(1);
  expect(await own.money()).toEqual(balanced((await own.money()).charged));
});

test('where one chunk failed, only that one is bought again by another run', { tags: 'long' }, async () => {
  const own = await begin(TWO_CHUNKS);
  await google.play({ scenario: 'hearing/gc-recitation', subject: 'Okay', times: 1 });
  expect([await work(), await work()]).toEqual(['GIVEN_UP', 'DONE']);
  expect(await own.hearing()).toMatchObject({ state: 'FAILED', heard: 1, all: 2 });
  await launch(own.videoId);
  expect(await work()).toBe('DONE');
  expect(await own.transcript()).not.toBeNull();
  expect(await own.bought()).toHaveLength(3);
});

test('a text without times is spread over its chunk, and marked so', { tags: 'long' }, async () => {
  const own = await begin();
  await google.play({
    scenario: 'hearing/gc-plain-text-only-in-audioTranscription',
    subject: 'Okay',
    times: 1,
  });
  expect(await work()).toBe('DONE');
  expect(await own.transcript()).toMatchObject({ isSpread: true, numberOfWords: 7 });
});

test('an hour is quoted at no less than it costs, in chunks that overlap', () => {
  const quotes = quoteHearing(3_600);
  expect(quotes).toHaveLength(3);
  const tokens = quotes.reduce((sum, { likely }) => sum + (likely.MILLION_INPUT_TOKENS ?? 0), 0);
  expect(tokens * 1_000_000).toBeCloseTo(25 * (3_600 + 30), 0);
});
