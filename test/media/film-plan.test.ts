import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crossfadeFrames } from '../../src/media/stitch/crossfade.ts';
import { FRAME_RATE } from '../../src/media/encoding.ts';
import { type ClipSpan, planFilm } from '../../src/media/stitch/film-plan.ts';

/** A clip with a keyframe every 24 ticks, that may be left at every fourth. */
const clip = (duration: number): ClipSpan => {
  const every = (ticks: number) => Array.from({ length: Math.ceil(duration / ticks) }, (_, i) => i * ticks);
  return { duration, keyframes: every(24), exits: [...every(4).slice(1), duration] };
};

test('without a crossfade every clip is copied whole', () => {
  expect(planFilm([clip(30), clip(50)], [0])).toEqual({
    starts: [0, 30],
    duration: 80,
    stretches: [
      { kind: 'COPY', clip: 0, from: 0, to: 30, at: 0 },
      { kind: 'COPY', clip: 1, from: 0, to: 50, at: 30 },
    ],
  });
});

test('a crossfade encodes from the last exit before it to the first keyframe after it', () => {
  expect(planFilm([clip(96), clip(96)], [10])).toEqual({
    starts: [0, 86],
    duration: 182,
    stretches: [
      { kind: 'COPY', clip: 0, from: 0, to: 84, at: 0 },
      { kind: 'ENCODE', from: 84, to: 110 },
      { kind: 'COPY', clip: 1, from: 24, to: 96, at: 110 },
    ],
  });
});

test('a hard cut among crossfades is copied up to and from', () => {
  expect(planFilm([clip(96), clip(48), clip(96)], [10, 0]).stretches).toEqual([
    { kind: 'COPY', clip: 0, from: 0, to: 84, at: 0 },
    { kind: 'ENCODE', from: 84, to: 110 },
    { kind: 'COPY', clip: 1, from: 24, to: 48, at: 110 },
    { kind: 'COPY', clip: 2, from: 0, to: 96, at: 134 },
  ]);
});

test('the stretches of any film follow each other without gap, and no copy lies in a crossfade', () => {
  const films = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 15 }).chain((lengths) =>
    fc.record({
      lengths: fc.constant(lengths),
      wishedFrames: fc.nat({ max: 120 }),
    }),
  );
  fc.assert(
    fc.property(films, ({ lengths, wishedFrames }) => {
      const crossfades = crossfadeFrames(wishedFrames / FRAME_RATE, lengths);
      const { starts, duration, stretches } = planFilm(lengths.map(clip), crossfades);
      let reached = 0;
      for (const stretch of stretches) {
        expect(stretch.kind === 'COPY' ? stretch.at : stretch.from).toBe(reached);
        reached = stretch.kind === 'COPY' ? reached + stretch.to - stretch.from : stretch.to;
        if (stretch.kind === 'ENCODE') continue;
        const previous = stretch.clip - 1;
        const previousEnd = previous < 0 ? 0 : (starts[previous] ?? 0) + (lengths[previous] ?? 0);
        expect(stretch.at).toBeGreaterThanOrEqual(previousEnd);
        expect(reached).toBeLessThanOrEqual(starts[stretch.clip + 1] ?? duration);
      }
      expect(reached).toBe(duration);
    }),
  );
});
