/** Whatever faces are seen, wherever a film is cut and whatever a person says: no frame shows what is not there, and none trembles. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CropPart,
  cropSize,
  halvesOf,
  type ShotFraming,
  type Size,
} from '../../src/media/cut/framing.ts';
import { frameOf } from '../../src/media/reframe/aspects.ts';
import type { ShotByHand } from '../../src/media/reframe/by-hand.ts';
import { type FramingWish, planFraming } from '../../src/media/reframe/plan-framing.ts';
import { MOST_SPEED } from '../../src/media/reframe/smooth-path.ts';

const START = 12;
const END = 20;

const pictures = fc.constantFrom(
  { width: 1920, height: 1080 },
  { width: 720, height: 1280 },
  { width: 640, height: 480 },
  { width: 1278, height: 534 },
);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const face = fc.record({
  x: share,
  y: share,
  width: fc.double({ min: 0.03, max: 0.4, noNaN: true }),
  height: fc.double({ min: 0.03, max: 0.6, noNaN: true }),
  score: fc.constant(0.9),
  lips: fc.option(fc.double({ min: 0, max: 0.5, noNaN: true })),
});
const seen = fc
  .array(fc.array(face, { maxLength: 4 }), { minLength: 0, maxLength: 33 })
  .map((all) => all.map((faces, place) => ({ seconds: START + place * 0.25, faces })));
const word = fc
  .tuple(fc.double({ min: START - 1, max: END + 1, noNaN: true }), fc.constantFrom('Ann', 'Ben', undefined))
  .map(([startSeconds, speaker]) => ({
    word: 'word',
    startSeconds,
    endSeconds: startSeconds + 0.4,
    ...(speaker && { speaker }),
  }));
const hand = fc.tuple(
  fc.double({ min: START, max: END - 0.01, noNaN: true }),
  fc.oneof(
    fc.record({ face: fc.nat({ max: 3 }) }),
    fc.record({ whole: fc.constant(true as const) }),
    fc.record({ rectangle: fc.record({ x: share, y: share, width: share, height: share }) }),
  ),
);
const wishes = fc
  .record({
    picture: pictures,
    aspect: fc.constantFrom('SOURCE' as const, '9:16' as const, '1:1' as const, '4:5' as const),
    cuts: fc.array(fc.double({ min: START - 2, max: END + 2, noNaN: true }), { maxLength: 5 }),
    seen,
    words: fc.array(word, { maxLength: 12 }),
    byHand: fc
      .array(hand, { maxLength: 3 })
      .map((hands) => hands.map(([atSeconds, how]): ShotByHand => ({ atSeconds, ...how }))),
  })
  .map(({ aspect, ...wish }): FramingWish => ({
    ...wish,
    startSeconds: START,
    endSeconds: END,
    frame: frameOf(aspect, wish.picture),
  }));

/** The parts of a shot, with the px that each fills. */
function partsOf(framing: ShotFraming, frame: Size): { part: CropPart; size: Size }[] {
  if (framing.kind === 'CROP') return [{ part: framing, size: frame }];
  if (framing.kind === 'WHOLE') return [];
  const { sizes } = halvesOf(frame);
  return framing.parts.map((part, place) => ({ part, size: sizes[place] ?? frame }));
}

const A_LITTLE = 1e-9;

test('what is shown lies within the picture, and moves no faster than it may', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      for (const { framing } of planFraming(wish).framing.shots) {
        for (const { part, size } of partsOf(framing, wish.frame)) {
          const { width, height } = cropSize(wish.picture, size, part.scale);
          const [halfWidth, halfHeight] = [width / wish.picture.width / 2, height / wish.picture.height / 2];
          for (const [place, { atSeconds, x, y }] of part.points.entries()) {
            expect(x).toBeGreaterThanOrEqual(halfWidth - A_LITTLE);
            expect(x).toBeLessThanOrEqual(1 - halfWidth + A_LITTLE);
            expect(y).toBeGreaterThanOrEqual(halfHeight - A_LITTLE);
            expect(y).toBeLessThanOrEqual(1 - halfHeight + A_LITTLE);
            const before = part.points[place - 1];
            if (!before) continue;
            const most = MOST_SPEED * (atSeconds - before.atSeconds) + A_LITTLE;
            expect(Math.abs(x - before.x)).toBeLessThanOrEqual(most);
            expect(Math.abs(y - before.y)).toBeLessThanOrEqual(most);
          }
        }
      }
    }),
  );
});

test('it jumps where the film is cut, and nowhere else', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const { framing, shots } = planFraming(wish);
      const inside = wish.cuts.filter((cut) => cut > START && cut < END);
      const edges = [START, ...new Set(inside.toSorted((one, other) => one - other))];
      expect(framing.shots.map(({ fromSeconds }) => fromSeconds)).toEqual(edges);
      expect(shots.map(({ toSeconds }) => toSeconds)).toEqual([...edges.slice(1), END]);
    }),
  );
});

/** All that a person may call what a shot shows. */
const shownBy = (framing: ShotFraming | undefined, shows: string): string[] => [
  ...(shows === 'FACE' ? ['FACE'] : []),
  ...(framing?.kind === 'CROP' ? ['RECTANGLE'] : []),
  ...(framing?.kind === 'WHOLE' || (framing?.kind === 'CROP' && framing.scale === 1) ? ['WHOLE'] : []),
];

const askedBy = (said: ShotByHand): string => {
  if ('face' in said) return 'FACE';
  return 'rectangle' in said ? 'RECTANGLE' : 'WHOLE';
};

test('what a person said of a shot holds, but for a face that is not there', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const { framing, shots } = planFraming(wish);
      for (const [place, { fromSeconds, toSeconds, isByHand, shows, faces }] of shots.entries()) {
        const said = wish.byHand?.findLast(
          ({ atSeconds }) => atSeconds >= fromSeconds && atSeconds < toSeconds,
        );
        expect(isByHand).toBe(said !== undefined && !('face' in said && said.face >= faces.length));
        const shown = shownBy(framing.shots[place]?.framing, shows);
        expect(!isByHand || !said || shown.includes(askedBy(said))).toBe(true);
      }
    }),
  );
});
