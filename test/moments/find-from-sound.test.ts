import { expect, test } from 'vitest';
import { findFromSound } from '../../src/features/moments/find/find-from-sound.ts';
import { Levels } from '../../src/features/moments/find/levels.ts';
import { shotsOf } from '../../src/features/moments/find/shots.ts';
import type { SoundInput } from '../../src/features/moments/find/finder-input.ts';

const LIMITS = { minMomentLength: 10, maxMomentLength: 20, minMoments: 1, maxMoments: 3 };
/** Five minutes, a shot every eight seconds, as loud everywhere. */
const STEADY: SoundInput = {
  durationSeconds: 300,
  cuts: Array.from({ length: 37 }, (_, i) => (i + 1) * 8),
  loudness: { stepSeconds: 0.5, values: Array.from({ length: 600 }, () => -30) },
  limits: LIMITS,
};

test('whole shots are chosen where it is loud, and that is the reason', () => {
  const values = Array.from({ length: 600 }, (_, i) => (i >= 320 && i < 352 ? -10 : -30));
  const { moments, foundBy } = findFromSound({ ...STEADY, loudness: { stepSeconds: 0.5, values } });
  expect(foundBy).toBe('FROM_SOUND');
  expect(moments[0]).toMatchObject({ startSeconds: 160, endSeconds: 176 });
  expect(moments[0]?.reasons.map(({ feature }) => feature)).toEqual(
    expect.arrayContaining(['ENERGY', 'HOOK']),
  );
});

test('a flurry of cuts is a reason', () => {
  const flurry = Array.from({ length: 7 }, (_, i) => 201 + i);
  const [best] = findFromSound({ ...STEADY, cuts: [...STEADY.cuts, ...flurry] }).moments;
  expect(best?.startSeconds).toBeLessThan(207);
  expect(best?.endSeconds).toBeGreaterThan(201);
  expect(best?.reasons[0]?.feature).toBe('SHOTS');
});

test('applause is a reason', () => {
  const reactions = [{ startSeconds: 90, endSeconds: 96, kind: 'APPLAUSE' }];
  const [best] = findFromSound({ ...STEADY, reactions }).moments;
  expect(best?.reasons[0]).toMatchObject({ feature: 'REACTION', evidence: 'APPLAUSE' });
});

test('a video that is one shot is parted where it is quiet', () => {
  const values = Array.from({ length: 60 }, (_, i) => ([15, 30].includes(i) ? -60 : -20));
  const edges = shotsOf(60, [], Levels.of({ stepSeconds: 1, values }), 40).map(
    ({ startSeconds }) => startSeconds,
  );
  expect(edges).toEqual(expect.arrayContaining([15, 30]));
});

test('a flicker of cuts is no shot of its own', () => {
  expect(shotsOf(12, [3, 3.1, 3.2, 11.9], null, 40)).toEqual([
    { startSeconds: 0, endSeconds: 3 },
    { startSeconds: 3, endSeconds: 12 },
  ]);
});

test('of nothing but a length, what is asked for is found, and no reason is made up', () => {
  const { moments } = findFromSound({ durationSeconds: 120, cuts: [], limits: { ...LIMITS, minMoments: 3 } });
  expect(moments.map(({ score, reasons }) => ({ score, reasons }))).toEqual(
    Array.from({ length: 3 }, () => ({ score: 5, reasons: [] })),
  );
});

test('a video that is shorter than a moment has none', () => {
  expect(findFromSound({ ...STEADY, durationSeconds: 5 })).toMatchObject({
    moments: [],
    shortfall: 'VIDEO_TOO_SHORT',
  });
});
