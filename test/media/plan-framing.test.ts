/** Whom a shot shows, and how calmly. */
import { expect, test } from 'vitest';
import type { CropPart, ShotFraming } from '../../src/media/cut/framing.ts';
import type { SeenFace, SeenFaces } from '../../src/media/faces/face.ts';
import { type FramingWish, planFraming } from '../../src/media/reframe/plan-framing.ts';

const TALL = { width: 1080, height: 1920 };
const faceAt = (x: number, more: Partial<SeenFace> = {}): SeenFace => ({
  x,
  y: 0.4,
  width: 0.1,
  height: 0.18,
  score: 0.9,
  lips: null,
  ...more,
});

/** Four times a second. */
const during = (from: number, to: number, faces: (seconds: number) => SeenFace[]): SeenFaces[] =>
  Array.from({ length: Math.round((to - from) * 4) }, (_, place) => {
    const seconds = from + place / 4;
    return { seconds, faces: faces(seconds) };
  });

const plan = (wish: Partial<FramingWish>) =>
  planFraming({
    picture: { width: 1920, height: 1080 },
    frame: TALL,
    startSeconds: 0,
    endSeconds: 8,
    cuts: [],
    seen: [],
    ...wish,
  });
const only = (wish: Partial<FramingWish>) => {
  const [shot] = plan(wish).framing.shots;
  return shot?.framing;
};
const cropOf = (framing: ShotFraming | undefined): CropPart => {
  if (framing?.kind !== 'CROP') throw new Error(`No part, but ${framing?.kind}`);
  return framing;
};

test('nobody is seen: the whole picture', () => {
  expect(only({ seen: during(0, 8, () => []) })).toEqual({ kind: 'WHOLE' });
});

test('what is never surely a face is none; what once was is one all through', () => {
  const faint = faceAt(0.7, { score: 0.65 });
  expect(only({ seen: during(0, 8, () => [faint]) })).toEqual({ kind: 'WHOLE' });
  const seen = during(0, 8, (seconds) => [seconds === 3 ? faceAt(0.7) : faint]);
  expect(cropOf(only({ seen })).points).toEqual([{ atSeconds: 0, x: 0.7, y: 0.5 }]);
});

test('who sits still is in the middle, and the frame does not move, however his face trembles', () => {
  const seen = during(0, 8, (seconds) => [faceAt(0.7 + 0.02 * Math.sin(seconds * 9))]);
  const { points } = cropOf(only({ seen }));
  expect(points).toHaveLength(1);
  expect(points[0]?.x).toBeCloseTo(0.7, 2);
});

/** From the left to the right, between seconds 2 and 6. */
const walked = (seconds: number) => 0.25 + Math.max(0, Math.min(0.5, (seconds - 2) * 0.12));

test('who walks is followed softly, and never left behind', () => {
  const { points } = cropOf(only({ seen: during(0, 8, (seconds) => [faceAt(walked(seconds))]) }));
  expect(points.length).toBeGreaterThan(3);
  const half = (1080 * (1080 / 1920)) / 1920 / 2;
  for (const { atSeconds, x } of points) expect(Math.abs(x - walked(atSeconds))).toBeLessThan(half - 0.03);
  expect(points.at(-1)?.x).toBeCloseTo(0.75, 1);
});

test('a face that is wrong in one picture moves nothing', () => {
  const seen = during(0, 8, (seconds) => [faceAt(seconds === 4 ? 0.62 : 0.5)]);
  expect(cropOf(only({ seen })).points).toEqual([{ atSeconds: 0, x: 0.5, y: 0.5 }]);
});

test('each shot has the face that is seen in it, from its first picture on', () => {
  const seen = [...during(0, 3, () => [faceAt(0.3)]), ...during(3, 8, () => [faceAt(0.8)])];
  const { framing } = plan({ seen, cuts: [3] });
  expect(framing.shots.map(({ fromSeconds }) => fromSeconds)).toEqual([0, 3]);
  expect(framing.shots.map((shot) => cropOf(shot.framing).points.map(({ x }) => x))).toEqual([[0.3], [0.8]]);
});

test('two who find room together are shown together', () => {
  const { framing, shots } = plan({ seen: during(0, 8, () => [faceAt(0.44), faceAt(0.56)]) });
  expect(shots[0]?.shows).toBe('FACE');
  expect(cropOf(framing.shots[0]?.framing).points[0]?.x).toBeCloseTo(0.5, 5);
});

const apart = (left: number | null, right: number | null) =>
  during(0, 8, () => [faceAt(0.2, { lips: left }), faceAt(0.8, { lips: right })]);

test('of two who are apart, the one whose lips move', () => {
  expect(cropOf(only({ seen: apart(0.02, 0.3) })).points[0]?.x).toBeCloseTo(0.8, 5);
  expect(cropOf(only({ seen: apart(0.3, 0.02) })).points[0]?.x).toBeCloseTo(0.2, 5);
});

test('two who both speak, or of whom nobody knows, share the frame; none is seen twice', () => {
  const turns = during(0, 8, (seconds) => [
    faceAt(0.2, { lips: seconds < 4 ? 0.3 : 0.01 }),
    faceAt(0.8, { lips: seconds < 4 ? 0.01 : 0.3 }),
  ]);
  for (const seen of [turns, apart(null, null), apart(0.01, 0.01)]) {
    const framing = only({ seen });
    if (framing?.kind !== 'SPLIT') throw new Error(`Not split, but ${framing?.kind}`);
    expect(framing.parts.map(({ points }) => points[0]?.x)).toEqual([
      expect.closeTo(0.2, 1),
      expect.closeTo(0.8, 1),
    ]);
    for (const { scale } of framing.parts) expect(scale).toBeLessThan(1);
  }
});

test('where words tell whose they are, who has most of them is shown, however the other one’s lips stand out', () => {
  const seen = during(0, 8, (seconds) => [
    faceAt(0.2, { lips: seconds < 7 ? 0.22 : 0.02 }),
    faceAt(0.8, { lips: seconds < 7 ? 0.18 : 0.3 }),
  ]);
  const words = Array.from({ length: 8 }, (_, second) => ({
    word: 'word',
    startSeconds: second,
    endSeconds: second + 0.8,
    speaker: second < 7 ? 'Ann' : 'Ben',
  }));
  expect(cropOf(only({ seen })).points[0]?.x).toBeCloseTo(0.8, 5);
  expect(cropOf(only({ seen, words })).points[0]?.x).toBeCloseTo(0.2, 5);
});

test('three who find no room, of whom none speaks, are shown whole; who stands far behind counts for nothing', () => {
  expect(only({ seen: during(0, 8, () => [faceAt(0.1), faceAt(0.5), faceAt(0.9)]) })).toEqual({
    kind: 'WHOLE',
  });
  const behind = faceAt(0.9, { width: 0.03, height: 0.05 });
  expect(cropOf(only({ seen: during(0, 8, () => [faceAt(0.2), behind]) })).points[0]?.x).toBeCloseTo(0.2, 5);
});

test('a face by its number, a rectangle and the whole are as a person says', () => {
  const seen = during(0, 8, () => [faceAt(0.2, { lips: 0.3 }), faceAt(0.8, { lips: 0 })]);
  const { framing, shots } = plan({
    seen,
    cuts: [2, 4, 6],
    byHand: [
      { atSeconds: 1, face: 1 },
      { atSeconds: 2, rectangle: { x: 0.6, y: 0.5, width: 0.1, height: 0.2 } },
      { atSeconds: 5.9, whole: true },
      { atSeconds: 7, face: 2 },
    ],
  });
  const [face, rectangle, whole, missing] = framing.shots.map((shot) => shot.framing);
  expect(cropOf(face).points[0]?.x).toBeCloseTo(0.8, 5);
  expect(cropOf(rectangle)).toMatchObject({ points: [{ x: 0.65, y: expect.closeTo(0.6, 5) }] });
  // As wide as was asked for: a tenth of the picture, of which the frame's shape has 0.316 at most.
  expect(cropOf(rectangle).scale).toBeCloseTo(0.1 / (608 / 1920), 2);
  expect(whole).toEqual({ kind: 'WHOLE' });
  expect(cropOf(missing).points[0]?.x).toBeCloseTo(0.2, 5);
  expect(shots.map(({ isByHand }) => isByHand)).toEqual([true, true, true, false]);
});

test('a film that has the frame’s shape is shown as it is, unless a person asks for a part', () => {
  const wish = { picture: { width: 720, height: 1280 }, seen: during(0, 8, () => [faceAt(0.3)]) };
  expect(only(wish)).toEqual({ kind: 'CROP', scale: 1, points: [] });
  expect(cropOf(only({ ...wish, byHand: [{ atSeconds: 0, face: 0 }] })).scale).toBeLessThan(1);
});
