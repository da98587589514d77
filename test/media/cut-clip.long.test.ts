/** Clips cut out of films whose pictures carry their number and whose sound clicks at every second: exact to the picture. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cutClip } from '../../src/media/cut/cut-clip.ts';
import { namesIn, testDirectory } from './support/clips.ts';
import { cutMany, makeNumbered, seeClip } from './support/numbered.ts';
import { oddRanges, offsetsMs, type Rate, wanted } from './support/ranges.ts';

const RATES: Rate[] = [
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1_001 },
  { num: 60_000, den: 1_001 },
];
const SECONDS = 8;

const filmOf = (frameRate: Rate) => {
  const frames = Math.round((SECONDS * frameRate.num) / frameRate.den);
  return { name: 'film.mp4', frameRate, frames, gop: 30 };
};

test('a clip has the pictures asked for, its sound on time, and the film’s own bytes between its edges', async () => {
  const asked = oddRanges(4, SECONDS);
  const all = await cutMany(
    await testDirectory(),
    RATES.map((rate) => ({ film: filmOf(rate), ranges: asked })),
  );
  for (const [film, cuts] of all.entries()) {
    const rate = RATES[film] ?? { num: 0, den: 1 };
    const timeOf = (number: number) => (number * rate.den) / rate.num;
    for (const [place, cut] of cuts.entries()) {
      const { clip, seen, source } = cut;
      expect(seen.numbers).toEqual(wanted(asked[place] ?? [0, 0], filmOf(rate).frames, timeOf));
      expect(clip.frames).toBe(seen.numbers.length);
      expect(seen.packets.filter((packet) => source.packets.includes(packet))).toHaveLength(
        clip.copiedFrames,
      );
      expect(seen.complaints).toBe(0);
      expect(Math.max(0, ...offsetsMs(cut, timeOf).map(Math.abs))).toBeLessThan(5);
      expect(clip.startSeconds).toBeCloseTo(timeOf(seen.numbers[0] ?? 0), 4);
      expect(clip.durationSeconds).toBeCloseTo(clip.endSeconds - clip.startSeconds, 3);
      expect(clip.audioSeconds).toBeCloseTo(clip.durationSeconds, 3);
      expect(seen.seconds[0]).toBe(0);
      expect(Math.max(...seen.edges)).toBeLessThan(0.3);
    }
    // The others have no keyframe far enough from their end.
    expect(cuts.filter(({ clip }) => clip.copiedFrames > 0).length).toBeGreaterThanOrEqual(2);
  }
});

test('progress is told in seconds of the clip; a cancel ends the work within a second and leaves nothing', async () => {
  const directory = await testDirectory();
  const [file = ''] = await makeNumbered(directory, {
    ...filmOf({ num: 25, den: 1 }),
    frames: 500,
    width: 640,
    height: 360,
  });
  const heard: number[] = [];
  const controller = new AbortController();
  let cancelled = 0;
  const cut = cutClip(
    // Captions, so that every picture is encoded.
    { file, toFile: join(directory, 'clip.mp4'), startSeconds: 1, endSeconds: 19, captions: SPOKEN },
    {
      signal: controller.signal,
      onProgress: (seconds) => {
        heard.push(seconds);
        if (seconds < 5 || cancelled > 0) return;
        cancelled = performance.now();
        controller.abort(new Error('enough'));
      },
    },
  );
  await expect(cut).rejects.toThrow('enough');
  expect(performance.now() - cancelled).toBeLessThan(1_000);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  expect(await namesIn(directory)).toEqual(['film.mp4']);
});

const SPOKEN = { style: 'LINE' as const, words: [{ word: 'word', startSeconds: 1, endSeconds: 19 }] };

test('a clip is one file in its place, over what was there', async () => {
  const directory = await testDirectory();
  const [file = ''] = await makeNumbered(directory, filmOf({ num: 25, den: 1 }));
  const toFile = join(directory, 'clip.mp4');
  await cutClip({ file, toFile, startSeconds: 1, endSeconds: 2 });
  const clip = await cutClip({ file, toFile, startSeconds: 2, endSeconds: 60 });
  const seen = await seeClip(toFile);
  expect([seen.numbers[0], seen.numbers.at(-1)]).toEqual([50, 199]);
  expect(clip.endSeconds).toBeCloseTo(SECONDS, 3);
  expect(clip.loudness.lufs).toBeCloseTo(-14, 0);
  expect(readdirSync(directory).toSorted()).toEqual(['clip.mp4', 'film.mp4']);
});
