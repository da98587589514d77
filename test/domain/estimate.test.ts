import { describe, expect, test } from 'vitest';
import { FILM_STAGES } from '../../src/core/stages/flow-stages.ts';
import { costsAt } from '../../src/features/budget/costs-at.ts';
import { estimateCost, exactly, type Work } from '../../src/features/budget/estimate.ts';
import { withoutMade } from '../../src/features/pipelines/film/without-made.ts';
import { isStale } from '../../src/features/budget/price-age.ts';
import { warningsOf } from '../../src/features/pipelines/confirm/estimate-warnings.ts';
import { expectedTime } from '../../src/features/pipelines/confirm/film-time.ts';
import { type FilmDone, sceneCountOf, workOf } from '../../src/features/pipelines/film/film-work.ts';
import type { Price } from '../../src/providers/price.ts';
import { changed } from '../support/changed.ts';
import { paidProvider } from '../support/paid-provider/adapter.ts';

const provider = paidProvider('http://127.0.0.1:1');
const now = new Date('2026-11-22T12:00:00Z');
const TODAY = '2026-11-22';

/** What the test provider charges, in micro-USD. */
const STORYBOARD = 9_000;
const PICTURE = 40_000;
const SECOND = 100_000;

type SceneShape = {
  frames?: readonly ('START' | 'END')[];
  onShelf?: readonly ('START' | 'END')[];
  clip?: string;
  operationName?: string;
  failed?: boolean;
};

const film = (scenes: SceneShape[], spec: Partial<FilmDone> = {}): FilmDone => ({
  prompt: 'A fox wakes. A hare runs. Snow falls.',
  style: 'cinematic',
  aspectRatio: '16:9',
  targetClipDuration: 4,
  targetDuration: null,
  provider: 'GOOGLE',
  clipsFrom: 'KEYFRAMES',
  sound: true,
  referenceIds: [],
  ...spec,
  scenes: scenes.map(({ frames = [], onShelf = [], clip, operationName = null, failed = false }) => ({
    status: failed ? ('FAILED' as const) : ('KEYFRAMES_DONE' as const),
    keyframes: frames.map((position) => ({ position })),
    unkept: onShelf.map((position) => ({ position })),
    clips: clip ? [{ status: clip, operationName } as FilmDone['scenes'][number]['clips'][number]] : [],
  })),
});

const remaining = (done: FilmDone, stopAfter: Parameters<typeof workOf>[1] = null) =>
  estimateCost(FILM_STAGES, workOf(done, stopAfter, provider), {}, now).remainingMicroUsd;

/** Of a storyboard that has more room after one that was cut off. */
const storyboardQuote = (isLater: boolean) => ({
  resolution: null,
  likely: { MILLION_OUTPUT_TOKENS: 0.001 },
  most: { MILLION_OUTPUT_TOKENS: isLater ? 0.003 : 0.001 },
});

const both = ['START', 'END'] as const;

describe('a film without a storyboard', () => {
  test('costs a text call, a picture more than it has scenes, and its seconds', () => {
    const cost = STORYBOARD + 4 * PICTURE + 3 * 4 * SECOND;
    const asked = remaining(film([], { targetDuration: 12 }));
    expect(asked).toEqual({ low: cost, likely: cost, high: cost + 2 * STORYBOARD });
  });

  test('may need three storyboards, the later ones with the room that one which was cut off gives them', () => {
    const writer = changed(provider, {
      STORYBOARD: { quote: ({ before }) => storyboardQuote(Boolean(before)) },
    });
    const { remainingMicroUsd } = estimateCost(FILM_STAGES, workOf(film([]), 'STORYBOARD', writer), {}, now);
    expect(remainingMicroUsd).toEqual({
      low: 4_000,
      likely: 4_000,
      high: (1 + 3 + 3) * 4_000,
    });
  });

  test('has as many scenes as its length asks for, rounded up', () => {
    expect(sceneCountOf(film([], { targetDuration: 9 }))).toEqual(exactly(3));
  });

  test('has one to fifteen scenes where no length is asked for, likely one a sentence', () => {
    expect(sceneCountOf(film([]))).toEqual({ low: 1, likely: 3, high: 15 });
    expect(sceneCountOf(film([], { prompt: 'Snow falls. '.repeat(40) }))).toMatchObject({ likely: 15 });
  });

  test('costs nothing beyond the stage it is to stop after', () => {
    expect(remaining(film([]), 'STORYBOARD')).toEqual({
      low: STORYBOARD,
      likely: STORYBOARD,
      high: 3 * STORYBOARD,
    });
    expect(remaining(film([], { targetDuration: 4 }), 'KEYFRAMES').low).toBe(STORYBOARD + 2 * PICTURE);
  });
});

test('many films cost together what each costs by itself, also where one asks for what another did', () => {
  const costs = costsAt(now);
  const films = ['A fox wakes.', 'A fox wakes. A hare runs.', 'A fox wakes.'].flatMap((prompt) => [
    film([], { prompt }),
    film([], { prompt, targetClipDuration: 8 }),
    film([{}, { frames: both, clip: 'COMPLETE' }], { prompt, targetDuration: 8 }),
  ]);
  const together = films.map((one) => costs(workOf(one, null, provider)));
  expect(together).toEqual(films.map((one) => remaining(one)));
  expect(new Set(together.map(({ likely }) => likely)).size).toBeGreaterThan(3);
});

test('models of two vendors that are called alike cost what each of them asks', () => {
  const { model } = provider.capabilities.CLIP;
  const [price] = model.prices;
  const dearer = { ...model, prices: [{ ...price!, microUsd: 2 * price!.microUsd }] };
  const other = changed(provider, { CLIP: { model: dearer } });
  const costs = costsAt(now);
  const [one, two] = [provider, other].map((vendor) => costs(workOf(film([{}, {}]), null, vendor)).likely);
  expect(two! - one!).toBe(8 * SECOND);
});

describe('what is there is not paid for again', () => {
  test.each<[string, SceneShape[], number]>([
    ['nothing drawn', [{}, {}], 3 * PICTURE + 8 * SECOND],
    ['a first frame', [{ frames: ['START'] }, {}], 2 * PICTURE + 8 * SECOND],
    [
      'a scene with both frames hands its last one down',
      [{ frames: both }, { frames: ['START'] }],
      PICTURE + 8 * SECOND,
    ],
    [
      'a lost first frame whose neighbour stays is drawn anew',
      [{ frames: both }, { frames: ['END'] }],
      PICTURE + 8 * SECOND,
    ],
    ['a first frame that waits for the storage', [{ onShelf: ['START'] }, {}], 2 * PICTURE + 8 * SECOND],
    [
      'a last frame that waits for the storage is kept, and handed down',
      [{ frames: ['START'], onShelf: ['END'] }, {}],
      PICTURE + 8 * SECOND,
    ],
    ['all frames, one on the shelf', [{ frames: both }, { frames: ['START'], onShelf: ['END'] }], 8 * SECOND],
    ['all frames', [{ frames: both }, { frames: both }], 8 * SECOND],
    ['a clip', [{ frames: both, clip: 'COMPLETE' }, { frames: both }], 4 * SECOND],
    ['a clip at its provider', [{ frames: both, clip: 'POLLING', operationName: 'o' }], 0],
    ['a clip that timed out there', [{ frames: both, clip: 'TIMED_OUT', operationName: 'o' }], 0],
    ['a clip of which nobody knows', [{ frames: both, clip: 'UNKNOWN' }], 0],
    [
      'a clip that was filtered for good',
      [{ frames: both, clip: 'RAI_FILTERED', operationName: 'o', failed: true }],
      0,
    ],
    [
      'a clip that gentler words are tried for',
      [{ frames: both, clip: 'RAI_FILTERED', operationName: 'o' }],
      4 * SECOND,
    ],
    ['a clip that failed', [{ frames: both, clip: 'FAILED', operationName: 'o' }], 4 * SECOND],
  ])('%s', (_what, scenes, cost) => {
    expect(remaining(film(scenes))).toEqual(exactly(cost));
  });

  test('what was set aside may be charged or given back', () => {
    const spent = { CLIP: { settledMicroUsd: 5, reservedMicroUsd: 100, onTheirWay: 1 } };
    const { totalMicroUsd, stages } = estimateCost(FILM_STAGES, [], spent, now);
    expect(totalMicroUsd).toEqual({ low: 5, likely: 105, high: 105 });
    expect(stages.map(({ settledMicroUsd }) => settledMicroUsd)).toEqual([0, 0, 5, 0]);
  });
});

test('what is on its way is set aside already, and not counted as still to be bought', () => {
  const open = { settledMicroUsd: 0, reservedMicroUsd: 40_000, onTheirWay: 1 };
  const done = film([{ frames: ['START'] }, {}, { frames: both, clip: 'POLLING', operationName: 'o' }]);
  const spent = { KEYFRAME: open, CLIP: open };
  const work = withoutMade(workOf(done, null, provider), spent);
  const { stages } = estimateCost(FILM_STAGES, work, {}, now);
  expect(stages.map(({ calls }) => calls)).toEqual([0, 1, 2, 0].map(exactly));
});

const price = (change: Partial<Price> = {}): Price => ({
  unit: 'SECOND',
  microUsd: 400_000,
  resolution: null,
  source: 'https://example.test/prices',
  asOf: '2026-10-07',
  ...change,
});

const clips = (change: Partial<Work>): Work => ({
  call: 'CLIP',
  model: { name: 'film-1', prices: [price()] },
  quote: { resolution: null, likely: { SECOND: 4 }, most: { SECOND: 4 } },
  times: exactly(1),
  ...change,
});

describe('a price', () => {
  test('is stale after 90 days, and then the estimate names it once', () => {
    expect(isStale(price({ asOf: '2026-08-24' }), now)).toBe(false);
    expect(isStale(price({ asOf: '2026-08-23' }), now)).toBe(true);
    expect(isStale(price({ until: TODAY }), now)).toBe(false);
    expect(isStale(price({ until: '2026-11-21' }), now)).toBe(true);
    const model = { name: 'film-1', prices: [price({ asOf: '2026-03-01' })] };
    const work = [clips({ model }), clips({ model })];
    const cost = estimateCost(FILM_STAGES, work, {}, now);
    expect(cost.stalePrices).toMatchObject([{ model: 'film-1', unit: 'SECOND', asOf: '2026-03-01' }]);
    expect(estimateCost(FILM_STAGES, [clips({ model, times: exactly(0) })], {}, now).stalePrices).toEqual([]);
    expect(warningsOf(film([]), work, cost, now)).toEqual([
      { code: 'STALE_PRICE', message: expect.stringContaining('https://example.test/prices') },
    ]);
  });
});

describe('a price that changes soon', () => {
  const prices = [
    price({ microUsd: 100, until: '2026-12-01' }),
    price({ microUsd: 200, from: '2026-12-02' }),
  ];
  const work = [clips({ model: { name: 'film-1', prices } })];

  test('is the estimate’s high end, and told of', () => {
    const cost = estimateCost(FILM_STAGES, work, {}, now);
    expect(cost.remainingMicroUsd).toEqual({ low: 400, likely: 400, high: 800 });
    expect(warningsOf(film([]), work, cost, now)).toEqual([
      {
        code: 'PRICE_CHANGES',
        message: 'From 2026-12-02 on one SECOND of film-1 costs $0.0002; see https://example.test/prices.',
      },
    ]);
  });

  test('is nobody’s business weeks before, and the price itself afterwards', () => {
    expect(estimateCost(FILM_STAGES, work, {}, new Date('2026-11-17T23:59:59Z'))).toMatchObject({
      remainingMicroUsd: exactly(400),
      comingPrices: [],
    });
    expect(estimateCost(FILM_STAGES, work, {}, new Date('2026-12-02T00:00:00Z')).remainingMicroUsd).toEqual(
      exactly(800),
    );
  });
});

test('a model that is retired within a month, or was to be, is told of with what takes its place', () => {
  const model = { ...clips({}).model, retiresOn: '2026-11-17', replacement: 'film-2', source: 'https://s' };
  const told = (retiresOn: string | null) => {
    const work = [clips({ model: { ...model, retiresOn } })];
    return warningsOf(film([]), work, estimateCost(FILM_STAGES, work, {}, now), now).map(
      ({ message }) => message,
    );
  };
  expect(told('2026-11-17')).toEqual([
    'film-1 is retired on 2026-11-17 or later; film-2 takes its place; see https://s.',
  ]);
  expect(told('2026-12-22')).toHaveLength(1);
  expect(told('2026-12-23')).toEqual([]);
  expect(told(null)).toEqual([]);
});

test('a film from reference images pays for no frame, in the worst case neither', () => {
  const work = workOf(film([{}, {}], { clipsFrom: 'REFERENCE_IMAGES', referenceIds: ['a'] }), null, provider);
  expect(work.map(({ call, times }) => [call, times.high])).toEqual([
    ['STORYBOARD', 0],
    ['STORYBOARD', 0],
    ['CLIP', 2],
  ]);
});

test('the low end counts only what a call is sure to use', () => {
  const quote = { resolution: null, likely: { SECOND: 4 }, most: { SECOND: 6 } };
  expect(estimateCost(FILM_STAGES, [clips({ quote })], {}, now).remainingMicroUsd).toEqual({
    low: 0,
    likely: 1_600_000,
    high: 2_400_000,
  });
});

test('a clip that the provider makes longer is told of', () => {
  const quote = { resolution: null, likely: { SECOND: 6 }, most: { SECOND: 6 } };
  const work = [clips({ quote })];
  expect(warningsOf(film([]), work, estimateCost(FILM_STAGES, work, {}, now), now)).toEqual([
    { code: 'VIDEO_CLIP_LENGTH_CHANGED', message: 'Clips of 4 s are made, and charged, as clips of 6 s.' },
  ]);
});

describe('the time a film takes', () => {
  const quote = { resolution: null, likely: {}, most: {} };
  const work = [
    clips({ call: 'KEYFRAME', quote: { ...quote, seconds: 2 }, times: exactly(5) }),
    clips({ quote: { ...quote, seconds: 60 }, times: exactly(4) }),
  ];

  test('is what the workspace has measured, a scene', () => {
    expect(expectedTime(work, 4, 'OPERATION', 12.5)).toEqual({ seconds: 50, basis: 'MEASURED' });
  });

  test('is else what the provider says: frames after each other, clips elsewhere side by side', () => {
    expect(expectedTime(work, 4, 'OPERATION', null)).toEqual({ seconds: 70, basis: 'PROVIDER' });
    expect(expectedTime(work, 4, 'LOCAL', null)).toEqual({ seconds: 250, basis: 'PROVIDER' });
  });

  test('is not guessed', () => {
    expect(expectedTime([clips({})], 1, 'OPERATION', null)).toBeNull();
  });
});

test('where nothing is on its way, all of the work is left', () => {
  const work = workOf(film([]), null, provider);
  expect(withoutMade(work, {})).toEqual(work);
});
