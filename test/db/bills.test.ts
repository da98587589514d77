/** How calls are booked: by usage, by length, as an estimate; and what happens when a bill is above what was set aside. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { readCost } from '../../src/features/budget/balance.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { OverBudget } from '../../src/features/budget/over-budget.ts';
import { bookSubject, type Known, type Purchase, settle } from '../../src/features/budget/reservation.ts';
import { videoClipSubject } from '../../src/features/video-clips/video-clip-bill.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import { spend } from '../../src/features/budget/spend.ts';
import { sumUsage } from '../../src/features/budget/usage.sql.ts';
import { bookMeasured } from '../../src/features/video-clips/video-clip-bill.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { PriceUnit, Usage } from '../../src/providers/price.ts';
import type { Model } from '../../src/providers/model.ts';
import { ProviderError } from '../../src/providers/provider-error.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { seedRun } from '../support/paid-project.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { projectIdOf } from '../../src/features/projects/project-runs.ts';

const price = (unit: PriceUnit, microUsd: number) => ({
  unit,
  microUsd,
  resolution: null,
  source: 'https://example.test/prices',
  asOf: '2026-11-01',
});
/** Charged by tokens, a second of film for estimates; and one that is charged by the second. */
const TOKENS = {
  name: 'by-tokens',
  prices: [
    price('SECOND', 100_000),
    price('MILLION_OUTPUT_TOKENS', 9_000_000),
    price('MILLION_VIDEO_OUTPUT_TOKENS', 17_500_000),
  ],
};
const SECONDS = { name: 'by-seconds', prices: [price('SECOND', 400_000)] };

const install = (model: Model) =>
  installProvider(
    changed(animatic, { STORYBOARD: { model: TOKENS }, KEYFRAME: { model: TOKENS }, CLIP: { model } }),
  );

const platform = useTestPlatform();
beforeAll(() => install(TOKENS));
afterAll(() => installProvider(animatic));

const MOST: Usage = { SECOND: 3, MILLION_OUTPUT_TOKENS: 0.002 };

const setAside = (run: PipelineRun, videoClipId = newId(), most = MOST): Promise<Purchase> =>
  platform.db.$transaction((tx) =>
    reserve(tx, run, {
      provider: 'ANIMATIC',
      call: 'CLIP',
      quote: { resolution: null, likely: most, most },
      subject: videoClipSubject(videoClipId),
    }),
  );
const book = (videoClipId: string, known: Known) =>
  platform.db.$transaction((tx) => bookSubject(tx, platform.ctx.actor, videoClipSubject(videoClipId), known));
const entriesOf = ({ id: runId }: PipelineRun) =>
  platform.db.ledgerEntry.findMany({ where: { runId }, orderBy: { id: 'asc' } });
const settledOf = async (run: PipelineRun) => (await readCost(platform.db, runScope(run.id))).settledMicroUsd;
const warningsOf = ({ id: runId }: PipelineRun) =>
  platform.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('PipelineRun', runId) }, level: 'WARNING' },
  });

describe('a charge', () => {
  test('is what was used, at the rates of its reservation, whatever is configured since', async () => {
    const run = await seedRun(platform.ctx);
    const videoClipId = newId();
    await setAside(run, videoClipId);
    install(SECONDS);
    try {
      await book(videoClipId, {
        usage: { MILLION_VIDEO_OUTPUT_TOKENS: 0.017376, MILLION_OUTPUT_TOKENS: 0.0003 },
      });
    } finally {
      install(TOKENS);
    }
    const [reserved, settled] = await entriesOf(run);
    expect(reserved).toMatchObject({ kind: 'RESERVE', amountMicroUsd: 318_000n, isEstimate: false });
    expect(settled).toMatchObject({
      kind: 'SETTLE',
      amountMicroUsd: 306_780n,
      isEstimate: false,
      rates: reserved?.rates,
    });
  });

  test('of which no usage is told is what was set aside, marked, and told apart where spending is summed', async () => {
    const run = await seedRun(platform.ctx);
    const purchase = await setAside(run);
    await platform.db.$transaction((tx) =>
      settle(tx, platform.ctx.actor, purchase, { usage: null, requestId: null }),
    );
    expect((await entriesOf(run)).at(-1)).toMatchObject({
      amountMicroUsd: 318_000n,
      isEstimate: true,
      usage: MOST,
    });
    const of = { type: 'Project' } as const;
    const rows = await sumUsage(platform.db, platform.ctx.actor, of, { from: null, to: null });
    expect(rows.find(({ key }) => key === projectIdOf(run))).toMatchObject({
      settledMicroUsd: 318_000n,
      estimatedMicroUsd: 318_000n,
    });
    expect(await readCost(platform.db, runScope(run.id))).toMatchObject({
      settledMicroUsd: 318_000,
      estimatedMicroUsd: 318_000,
    });
  });

  test('of which the kinds of tokens are concluded is booked by them, marked', async () => {
    const run = await seedRun(platform.ctx);
    const videoClipId = newId();
    const usage = { MILLION_VIDEO_OUTPUT_TOKENS: 0.017376 };
    await setAside(run, videoClipId);
    await book(videoClipId, { usage, isEstimate: true });
    const marked = { kind: 'SETTLE', amountMicroUsd: 304_080n, usage, isEstimate: true };
    expect((await entriesOf(run)).at(-1)).toMatchObject(marked);
    const purchase = await setAside(run);
    const receipt = { usage, isEstimate: true, requestId: null };
    await platform.db.$transaction((tx) => settle(tx, platform.ctx.actor, purchase, receipt));
    expect((await entriesOf(run)).at(-1)).toMatchObject(marked);
    expect(await pay(run, new ProviderError('IN_VAIN', 'no picture', { receipt }))).toBeTruthy();
    expect((await entriesOf(run)).at(-1)).toMatchObject(marked);
  });

  test('by the second is what was measured, and another length is told', async () => {
    install(SECONDS);
    try {
      const run = await seedRun(platform.ctx);
      const clip = { id: newId(), operationName: 'operations/1' };
      await setAside(run, clip.id, { SECOND: 8 });
      const scene = { projectId: projectIdOf(run), sceneIndex: 1 } as Parameters<
        typeof bookMeasured
      >[3]['scene'];
      await platform.db.$transaction((tx) => bookMeasured(tx, platform.ctx, run, { scene, clip }, 5.02));
      expect((await entriesOf(run)).at(-1)).toMatchObject({
        amountMicroUsd: 2_000_000n,
        isEstimate: false,
        usage: { SECOND: 5 },
      });
      expect(await warningsOf(run)).toMatchObject([
        { message: 'Clip of scene 2: 8 s were asked for, and 5 s were made.' },
      ]);
    } finally {
      install(TOKENS);
    }
  });
});

describe('a bill above what was set aside', () => {
  test('is an event, counts at once, and the next purchase waits if a cap is passed', async () => {
    // Room for one and a half: what was set aside fits, the bill does not.
    const run = await seedRun(platform.ctx, 64);
    const purchase = await setAside(run);
    await platform.db.$transaction((tx) =>
      settle(tx, platform.ctx.actor, purchase, {
        usage: { MILLION_VIDEO_OUTPUT_TOKENS: 0.04 },
        requestId: null,
      }),
    );
    expect(await settledOf(run)).toBe(700_000);
    expect(await warningsOf(run)).toMatchObject([
      {
        actor: 'ledger',
        subjectType: 'LedgerEntry',
        subjectId: purchase.entryId,
        message: expect.stringMatching(/is \$0\.70, \$0\.382 more than was set aside/),
        details: { microUsd: 700_000, reservedMicroUsd: 318_000 },
      },
    ]);
    await expect(setAside(run)).rejects.toThrow(OverBudget);
  });

  test('is none where it is the same, to the micro-dollar', async () => {
    const run = await seedRun(platform.ctx);
    const purchase = await setAside(run);
    await platform.db.$transaction((tx) =>
      settle(tx, platform.ctx.actor, purchase, {
        usage: { SECOND: 3, MILLION_OUTPUT_TOKENS: 0.002 },
        requestId: null,
      }),
    );
    expect(await warningsOf(run)).toEqual([]);
  });
});

const pay = async (run: PipelineRun, error: ProviderError) => {
  const purchase = await setAside(run);
  return spend(platform.ctx, { purchase, signal: new AbortController().signal, limitSeconds: 5 }, (buy) =>
    buy(() => Promise.reject(error)),
  ).then(
    () => null,
    (thrown: unknown) => thrown,
  );
};

describe('a call that brings nothing', () => {
  const receipt = { usage: { MILLION_OUTPUT_TOKENS: 0.001 }, requestId: 'r' };

  test.each<[string, ProviderError, bigint]>([
    [
      'refused by the filter',
      new ProviderError('REFUSED', 'no', { code: 'PROMPT_BLOCKED', receipt }),
      9_000n,
    ],
    ['without any goods', new ProviderError('IN_VAIN', 'no picture', { receipt }), 9_000n],
    [
      'refused, and its usage is not told',
      new ProviderError('REFUSED', 'no', { code: 'PROMPT_BLOCKED', receipt: { ...receipt, usage: null } }),
      318_000n,
    ],
  ])('%s is charged by what it used, and may be asked for in another way', async (_, error, microUsd) => {
    const run = await seedRun(platform.ctx);
    expect(await pay(run, error)).toBe(error);
    expect((await entriesOf(run)).at(-1)).toMatchObject({ kind: 'SETTLE', amountMicroUsd: microUsd });
  });

  test('costs nothing without a bill', async () => {
    const run = await seedRun(platform.ctx);
    const error = new ProviderError('REFUSED', 'no', { code: 'PROMPT_BLOCKED' });
    expect(await pay(run, error)).toBe(error);
    expect((await entriesOf(run)).at(-1)).toMatchObject({ kind: 'RELEASE' });
  });
});
