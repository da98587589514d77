import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from '../../src/media/read/probe.ts';
import { stitch } from '../../src/media/stitch/stitch.ts';
import { drawClips, testDirectory, watch } from './support/clips.ts';
import { AAC_FRAME_SECONDS, expectGreys, ramp, request } from './support/films.ts';

/** Greys of six frames in which one drawn clip fades into another. */
const fade = (from: number, to: number) =>
  Array.from({ length: 6 }, (_, i) => ((from + i) * (6 - i) + (to + i) * (i + 1)) / 7);

test('a crossfade shortens the film by its seconds and mixes both pictures', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const clips = await drawClips(
    directory,
    { frames: 60, grey: 0 },
    { frames: 72, grey: 130 },
    { frames: 50, grey: 30 },
  );
  const toFile = join(directory, 'film.mp4');

  const stitched = await stitch(request(clips, toFile, { crossfadeSeconds: 0.25 }));

  expect(stitched.method).toBe('TRANSITIONS');
  expect(stitched.durationSeconds).toBeCloseTo((60 + 72 + 50 - 12) / 24, 6);
  const film = await watch(toFile);
  expectGreys(film.greys, [
    ...ramp(0, 54),
    ...fade(54, 130),
    ...ramp(136, 60),
    ...fade(196, 30),
    ...ramp(36, 44),
  ]);
  expect(film.complaints).toBe(0);
  expect(film.seconds.every((seconds, frame) => Math.abs(seconds - frame / 24) < 1e-3)).toBe(true);
  const { audioSeconds } = await probe(toFile);
  expect(Math.abs(audioSeconds - stitched.durationSeconds)).toBeLessThan(AAC_FRAME_SECONDS);
});

test('a crossfade leaves the frames away from it byte for byte as they were', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const [first = '', second = ''] = await drawClips(
    directory,
    { frames: 72, grey: 20 },
    { frames: 72, grey: 90 },
  );
  const toFile = join(directory, 'film.mp4');
  await stitch(request([first, second], toFile, { crossfadeSeconds: 0.5 }));

  // The last second of the second clip is a group of pictures of its own; its keyframe is in the film.
  const clip = await readFile(second);
  const film = await readFile(toFile);
  const { keyframe } = lastKeyframe(clip);
  expect(film.includes(keyframe)).toBe(true);
});

/** Bytes of the largest sample near the end of the media data; enough to know it again. */
function lastKeyframe(file: Buffer): { keyframe: Buffer } {
  const data = file.subarray(file.indexOf('mdat') + 4);
  // A length-prefixed IDR: 4 bytes of length, then NAL type 5 with reference bits (0x65).
  for (let at = data.length - 5; at > 0; at -= 1) {
    const length = data.readUInt32BE(at);
    if (data[at + 4] === 0x65 && length > 20 && at + 4 + length <= data.length) {
      return { keyframe: data.subarray(at, at + 4 + length) };
    }
  }
  throw new Error('There is no keyframe in the clip.');
}

test('clips shorter than the way between keyframes are crossfaded too', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const clips = await drawClips(
    directory,
    { frames: 14, grey: 10 },
    { frames: 12, grey: 60 },
    { frames: 13, grey: 110 },
  );
  const toFile = join(directory, 'film.mp4');

  const { durationSeconds } = await stitch(request(clips, toFile, { crossfadeSeconds: 0.25 }));

  expect(durationSeconds).toBeCloseTo((14 + 12 + 13 - 12) / 24, 6);
  const film = await watch(toFile);
  expect(film.greys).toHaveLength(27);
  expect(film.complaints).toBe(0);
});

test(
  'a crossfade longer than half of a clip is shortened at its two joins alone, and said to be',
  { tags: 'long' },
  async () => {
    const directory = await testDirectory();
    const lengths = [48, 24, 30, 48];
    const clips = await drawClips(directory, ...lengths.map((frames) => ({ frames, grey: 90 })));
    const toFile = join(directory, 'film.mp4');

    const titles = ['One', 'Two', 'Three', 'Four'];
    const stitched = await stitch(request(clips, toFile, { crossfadeSeconds: 0.6, titles }));

    const overlaps = [12, 12, 14];
    expect(stitched.crossfadesSeconds).toEqual(overlaps.map((frames) => frames / 24));
    expect(stitched.durationSeconds).toBeCloseTo((150 - 38) / 24, 6);
    const starts = [0, 36, 48, 64, 112].map((frames) => frames / 24);
    expect(stitched.chapters).toEqual(
      titles.map((title, i) => ({ title, startSeconds: starts[i], endSeconds: starts[i + 1] })),
    );
    const film = await watch(toFile);
    expect(film.greys).toHaveLength(112);
    expect(film.complaints).toBe(0);
    expect(Math.min(...film.loudness)).toBeGreaterThan(0.2);
  },
);

/** Grey of the one frame in which one clip fades into another. */
const mixed = (below: number, above: number) => (below + above) / 2;

test(
  'clips of one frame, of two and of three have their place in a film of crossfades',
  { tags: 'long' },
  async () => {
    const directory = await testDirectory();
    const clips = await drawClips(
      directory,
      { frames: 1, grey: 20 },
      { frames: 24, grey: 60 },
      { frames: 3, grey: 100 },
      { frames: 1, grey: 200 },
      { frames: 2, grey: 150 },
      { frames: 2, grey: 10 },
    );
    const toFile = join(directory, 'film.mp4');

    const { crossfadesSeconds } = await stitch(request(clips, toFile, { crossfadeSeconds: 0.5 }));

    expect(crossfadesSeconds).toEqual([0, 1 / 24, 0, 0, 1 / 24]);
    const film = await watch(toFile);
    expectGreys(film.greys, [20, ...ramp(60, 23), mixed(83, 100), 101, 102, 200, 150, mixed(151, 10), 11]);
    expect(film.complaints).toBe(0);
  },
);

test('clips of one frame alone make a film, however long the crossfade', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const clips = await drawClips(
    directory,
    { frames: 1, grey: 20 },
    { frames: 1, grey: 90, frameRate: 60, sound: 'NO_TRACK' },
  );
  const toFile = join(directory, 'film.mp4');

  const { crossfadesSeconds } = await stitch(request(clips, toFile, { crossfadeSeconds: 5 }));

  expect(crossfadesSeconds).toEqual([0]);
  expectGreys((await watch(toFile)).greys, [20, 90]);
});
