import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from '../../src/media/probe.ts';
import { stitch } from '../../src/media/stitch.ts';
import { drawClips, namesIn, testDirectory, watch } from './support/clips.ts';
import { AAC_FRAME_SECONDS, expectGreys, ramp, request } from './support/films.ts';

/** Greys of six frames in which one drawn clip fades into another. */
const fade = (from: number, to: number) =>
  Array.from({ length: 6 }, (_, i) => ((from + i) * (6 - i) + (to + i) * (i + 1)) / 7);

test('a crossfade shortens the film by its seconds and mixes both pictures', async () => {
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

test('a crossfade leaves the frames away from it byte for byte as they were', async () => {
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

test('clips shorter than the way between keyframes are crossfaded too', async () => {
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

test('a crossfade longer than half the shortest clip is refused, naming the field', async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { frames: 48 }, { frames: 24 });
  const toFile = join(directory, 'film.mp4');

  await expect(stitch(request(clips, toFile, { crossfadeSeconds: 0.6 }))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    inputPath: ['crossfadeSeconds'],
    message: expect.stringContaining('0 to 0.5 seconds'),
  });
  expect(await namesIn(directory)).toEqual(['clip-0.mp4', 'clip-1.mp4']);
});
