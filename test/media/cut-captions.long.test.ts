/** Captions on a clip: where they may be, while words are said, and nothing else. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { CaptionStyle } from '../../src/media/captions/styles.ts';
import { cutClip } from '../../src/media/cut/cut-clip.ts';
import { testDirectory } from './support/clips.ts';
import { changedBoxes } from './support/captions.ts';
import { makeNumbered, seeClip } from './support/numbered.ts';

/** Half of 1080 x 1920, and with it the zone: x 120-888, y 288-1248. */
const FRAME = { width: 540, height: 960 };
const ZONE = { left: 60, right: 444, top: 144, bottom: 624 };

const TEXTS = [
  'Words',
  '{\\pos(1,1)}out',
  'of',
  'incomprehensibilities',
  'مرحبا',
  '日本語の',
  'สวัสดี',
  'end\\Nnow',
];
/** Said from 1 s to 4.2 s of the film. */
const words = TEXTS.map((word, place) => ({
  word,
  startSeconds: 1 + place * 0.4,
  endSeconds: 1.4 + place * 0.4,
}));

let directory: string;
let film: string;
let plain: string;
beforeAll(async () => {
  directory = await testDirectory();
  [film = ''] = await makeNumbered(directory, {
    name: 'film.mp4',
    frames: 60,
    frameRate: { num: 10, den: 1 },
    ...FRAME,
    sounds: [],
  });
  plain = join(directory, 'plain.mp4');
  await cutClip({ file: film, toFile: plain, startSeconds: 0.5, endSeconds: 5.5, loudness: false });
});

test.each<CaptionStyle>(['WORD_POP', 'KARAOKE', 'LINE'])(
  '%s stays in the safe zone, while words are said',
  async (style) => {
    const toFile = join(directory, `${style}.mp4`);
    const clip = await cutClip({
      file: film,
      toFile,
      startSeconds: 0.5,
      endSeconds: 5.5,
      captions: { style, words: [...words, { word: 'unheard', startSeconds: 5.6, endSeconds: 6 }] },
      loudness: false,
    });
    expect(clip.words.map(({ word }) => word)).toEqual(TEXTS);
    expect(clip.words[0]?.startSeconds).toBeCloseTo(0.5, 5);
    const boxes = await changedBoxes(plain, toFile);
    const between = (from: number, to: number) =>
      boxes.filter(({ seconds }) => seconds > from && seconds < to);
    // On the clip's clock, and a little longer than the last word.
    expect(between(0.49, 3.7).every(({ pixels }) => pixels > 300)).toBe(true);
    expect([...between(-1, 0.45), ...between(4.1, 9)].some(({ pixels }) => pixels > 0)).toBe(false);
    const drawn = boxes.filter(({ pixels }) => pixels > 0);
    expect(Math.min(...drawn.map(({ left }) => left))).toBeGreaterThanOrEqual(ZONE.left);
    expect(Math.max(...drawn.map(({ right }) => right))).toBeLessThanOrEqual(ZONE.right);
    expect(Math.min(...drawn.map(({ top }) => top))).toBeGreaterThanOrEqual(ZONE.top);
    expect(Math.max(...drawn.map(({ bottom }) => bottom))).toBeLessThanOrEqual(ZONE.bottom);
  },
);

test('NONE draws nothing, and the film’s bytes are copied', async () => {
  const toFile = join(directory, 'none.mp4');
  const request = { file: film, toFile, startSeconds: 0.5, endSeconds: 5.5, loudness: false };
  const clip = await cutClip({ ...request, captions: { style: 'NONE', words } });
  expect((await changedBoxes(plain, toFile)).every(({ pixels }) => pixels === 0)).toBe(true);
  expect(clip.words).toHaveLength(TEXTS.length);
});

test('a tall frame shows where its shots point, jumps between them, and shows all of one that says so', async () => {
  const [wide = ''] = await makeNumbered(directory, {
    name: 'wide.mp4',
    frames: 30,
    frameRate: { num: 10, den: 1 },
  });
  const toFile = join(directory, 'tall.mp4');
  const framing = {
    width: 90,
    height: 160,
    shots: [
      { fromSeconds: 0, framing: pointedAt(0) },
      { fromSeconds: 1, framing: pointedAt(1) },
      { fromSeconds: 2, framing: { kind: 'WHOLE' as const } },
    ],
  };
  const clip = await cutClip({
    file: wide,
    toFile,
    startSeconds: 0,
    endSeconds: 3,
    framing,
    loudness: false,
  });
  expect(clip).toMatchObject({ width: 90, height: 160, frames: 30, copiedFrames: 0 });
  // At its left edge the film is light on odd numbers, at its right one where their bits are odd.
  const { sides } = await seeClip(toFile);
  const numbers = sides.map((_, number) => number);
  expect(sides.slice(0, 10).map(([left]) => left)).toEqual(numbers.slice(0, 10).map(isOdd));
  expect(sides.slice(10, 20).map(([, right]) => right)).toEqual(numbers.slice(10, 20).map(hasOddBits));
  expect(sides.slice(20)).toEqual(numbers.slice(20).map((number) => [isOdd(number), hasOddBits(number)]));
});

const pointedAt = (x: number) => ({ kind: 'CROP' as const, scale: 1, points: [{ atSeconds: 0, x, y: 0.5 }] });
const isOdd = (number: number): boolean => number % 2 === 1;
const hasOddBits = (number: number): boolean => isOdd(number.toString(2).replaceAll('0', '').length);
