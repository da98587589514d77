/** Clips in another shape than their film have in them who is to be seen. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { cutClip } from '../../src/media/cut/cut-clip.ts';
import { findFaces } from '../../src/media/faces/find-faces.ts';
import { uprightOf } from '../../src/media/read/upright.ts';
import { type ClipFraming, framingFor } from '../../src/media/reframe/framing-for.ts';
import { testDirectory } from './support/clips.ts';
import { drawFaces } from './support/faces-film.ts';
import { makeNumbered } from './support/numbered.ts';

/** Somebody walks; two of whom the right one speaks; nobody; two who are silent. */
const CUTS = [2, 4, 5];
const SECONDS = 6;

let directory: string;
let film: Omit<ClipFraming, 'aspect'>;
beforeAll(async () => {
  directory = await testDirectory();
  const file = join(directory, 'film.mp4');
  const left = { from: { x: 170, y: 160 }, faceWidth: 80 };
  const right = { from: { x: 480, y: 160 }, faceWidth: 80 };
  await drawFaces({
    file,
    width: 640,
    height: 360,
    shots: [
      { frames: 50, people: [{ from: { x: 130, y: 170 }, to: { x: 230, y: 170 }, faceWidth: 90 }] },
      { frames: 50, people: [left, { ...right, isSpeaking: true }] },
      { frames: 25, people: [] },
      { frames: 25, people: [left, right] },
    ],
  });
  const picture = await uprightOf(file);
  film = { file, picture, startSeconds: 0, endSeconds: SECONDS, cuts: CUTS, byHand: [], words: [] };
});

async function seenIn(clip: ClipFraming, name: string) {
  const plan = await framingFor(clip);
  if (!plan) throw new Error('Nothing is framed anew');
  const toFile = join(directory, name);
  const cut = await cutClip({
    file: clip.file,
    toFile,
    startSeconds: clip.startSeconds,
    endSeconds: clip.endSeconds,
    framing: plan.framing,
  });
  const cuts = clip.cuts.map((seconds) => seconds - clip.startSeconds);
  return { plan, cut, seen: await findFaces({ file: toFile, startSeconds: 0, endSeconds: SECONDS, cuts }) };
}

test('in 9:16 who walks, who speaks, and both of two who are silent are in the frame', async () => {
  const { plan, cut, seen } = await seenIn({ ...film, aspect: '9:16' }, 'tall.mp4');
  expect(plan.shots.map(({ shows }) => shows)).toEqual(['FACE', 'FACE', 'WHOLE', 'SPLIT']);
  expect(plan.shots[1]?.faces.map(({ x }) => Math.round(x * 640))).toEqual([
    expect.closeTo(170, -1.5),
    expect.closeTo(480, -1.5),
  ]);
  expect(cut).toMatchObject({ width: 1080, height: 1920, frames: SECONDS * 25 });
  const during = (from: number, to: number) =>
    seen
      .filter(({ seconds }) => seconds >= from && seconds < to)
      .map(({ faces }) => faces.toSorted((one, other) => one.y - other.y));
  for (const faces of during(0, 4)) {
    expect(faces).toHaveLength(1);
    expect(Math.abs((faces[0]?.x ?? 0) - 0.5)).toBeLessThan(0.2);
  }
  for (const faces of during(4, 5)) expect(faces).toEqual([]);
  for (const faces of during(5, 6)) {
    expect(faces.map(({ x }) => x)).toEqual([expect.closeTo(0.5, 1), expect.closeTo(0.5, 1)]);
    expect(faces.map(({ y }) => Math.floor(y * 2))).toEqual([0, 1]);
  }
});

test('a film that is turned is as large as it is shown', async () => {
  const [turned = ''] = await makeNumbered(directory, {
    name: 'turned.mp4',
    frames: 10,
    frameRate: { num: 25, den: 1 },
    width: 640,
    height: 360,
    turned: [0, 1, -1, 0],
  });
  expect(await uprightOf(turned)).toEqual({ width: 360, height: 640 });
});

test('what a person said holds', async () => {
  const byHand = [
    { atSeconds: 2.5, face: 0 },
    { atSeconds: 5.5, whole: true as const },
  ];
  const clip = { ...film, aspect: '9:16' as const, byHand, startSeconds: 2, cuts: [4, 5] };
  const { plan } = await seenIn(clip, 'by-hand.mp4');
  expect(plan.shots.map(({ shows, isByHand }) => [shows, isByHand])).toEqual([
    ['FACE', true],
    ['WHOLE', false],
    ['WHOLE', true],
  ]);
  const [first] = plan.framing.shots;
  const point = first?.framing.kind === 'CROP' ? first.framing.points[0] : undefined;
  expect(point?.x).toBeCloseTo(166 / 640, 1);
});

test('in the film’s own shape nothing is framed anew, unless a person asks for it', async () => {
  expect(await framingFor({ ...film, aspect: 'SOURCE' })).toBeNull();
  const rectangle = { x: 0.5, y: 0.25, width: 0.5, height: 0.5 };
  const byHand = [{ atSeconds: 2.5, rectangle }];
  const plan = await framingFor({ ...film, aspect: 'SOURCE', byHand });
  expect(plan?.framing).toMatchObject({ width: 640, height: 360 });
  expect(plan?.framing.shots.map(({ framing }) => framing)).toEqual([
    { kind: 'CROP', scale: 1, points: [] },
    { kind: 'CROP', scale: 0.5, points: [expect.objectContaining({ x: 0.75, y: 0.5 })] },
    { kind: 'CROP', scale: 1, points: [] },
    { kind: 'CROP', scale: 1, points: [] },
  ]);
});
