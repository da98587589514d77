import { spawnSync } from 'node:child_process';
import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from '../../src/media/probe.ts';
import { stitch, type StitchRequest } from '../../src/media/stitch.ts';
import { drawClips, namesIn, testDirectory, watch } from './support/clips.ts';

const SIZE = { width: 64, height: 36 };
const FRAME_SECONDS = 1 / 24;
const AAC_FRAME_SECONDS = 1024 / 48_000;

const request = (clips: string[], toFile: string, more: Partial<StitchRequest> = {}): StitchRequest => ({
  clips,
  toFile,
  crossfadeSeconds: 0,
  size: SIZE,
  chapters: [],
  ...more,
});

/** Greys of a drawn clip. */
const ramp = (grey: number, frames: number) => Array.from({ length: frames }, (_, frame) => grey + frame);

/** Greys of six frames in which one drawn clip fades into another. */
const fade = (from: number, to: number) =>
  Array.from({ length: 6 }, (_, i) => ((from + i) * (6 - i) + (to + i) * (i + 1)) / 7);

function expectGreys(actual: number[], expected: number[]) {
  expect(actual).toHaveLength(expected.length);
  const worst = Math.max(...expected.map((grey, index) => Math.abs(grey - (actual[index] ?? 0))));
  expect(worst).toBeLessThan(2.5);
}

test('clips that match are copied: every frame of each, once, in order', async () => {
  const directory = await testDirectory();
  const clips = await drawClips(
    directory,
    { frames: 30, grey: 20 },
    { frames: 41, grey: 150 },
    { frames: 25, grey: 80 },
  );
  const toFile = join(directory, 'film.mp4');

  const stitched = await stitch(request(clips, toFile));

  expect(stitched).toMatchObject({
    method: 'COPY',
    durationSeconds: 4,
    clipStartsSeconds: [0, 30 / 24, 71 / 24],
  });
  const film = await watch(toFile);
  expectGreys(film.greys, [...ramp(20, 30), ...ramp(150, 41), ...ramp(80, 25)]);
  expect(film.complaints).toBe(0);
  expect(Math.min(...film.loudness)).toBeGreaterThan(0.2);
});

test('fifteen clips do not drift: each begins in picture and sound where their lengths say', async () => {
  const directory = await testDirectory();
  const lengths = Array.from({ length: 15 }, (_, index) => 17 + index);
  const clips = await drawClips(
    directory,
    ...lengths.map((frames) => ({ frames, grey: 100, sound: 'BEEP' as const })),
  );
  const toFile = join(directory, 'film.mp4');

  const { durationSeconds, clipStartsSeconds } = await stitch(request(clips, toFile));

  const frames = lengths.reduce((sum, length) => sum + length, 0);
  expect(Math.abs(durationSeconds - frames / 24)).toBeLessThan(FRAME_SECONDS / 100);
  const { audioSeconds } = await probe(toFile);
  expect(Math.abs(audioSeconds - durationSeconds)).toBeLessThan(AAC_FRAME_SECONDS);
  const film = await watch(toFile);
  const pictureStarts = film.greys.flatMap((grey, frame) => (Math.abs(grey - 100) < 0.6 ? [frame] : []));
  const soundStarts = film.loudness.flatMap((loudness, frame) =>
    loudness > 0.1 && (film.loudness[frame - 1] ?? 0) < 0.1 ? [frame] : [],
  );
  const starts = clipStartsSeconds.map((seconds) => Math.round(seconds * 24));
  expect(pictureStarts).toEqual(starts);
  expect(soundStarts).toHaveLength(starts.length);
  for (const [index, start] of starts.entries()) {
    expect(Math.abs((soundStarts[index] ?? 0) - start)).toBeLessThanOrEqual(1);
  }
});

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

test('clips of another size, rate or without sound are fitted in; those that fit stay copies', async () => {
  const directory = await testDirectory();
  const clips = await drawClips(
    directory,
    { frames: 30, grey: 100 },
    { frames: 45, grey: 100, frameRate: 30 },
    { frames: 24, grey: 100, width: 36, height: 64 },
    { frames: 26, grey: 100, sound: 'NO_TRACK' },
  );
  const toFile = join(directory, 'film.mp4');

  const stitched = await stitch(request(clips, toFile));

  expect(stitched.method).toBe('FULL');
  expect(stitched.durationSeconds).toBeCloseTo((30 + 36 + 24 + 26) / 24, 6);
  const film = await watch(toFile);
  expect(film.size).toEqual(SIZE);
  expect(film.complaints).toBe(0);
  expect(Math.min(...film.loudness.slice(0, 88))).toBeGreaterThan(0.2);
  expect(Math.max(...film.loudness.slice(92))).toBeLessThan(0.01);
});

test('a clip without sound among others is given silence, and its picture is still copied', async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { frames: 30 }, { frames: 30, sound: 'NO_TRACK' }, { frames: 30 });
  const toFile = join(directory, 'film.mp4');

  expect((await stitch(request(clips, toFile))).method).toBe('COPY');

  const { loudness } = await watch(toFile);
  expect(Math.min(...loudness.slice(0, 29))).toBeGreaterThan(0.2);
  expect(Math.max(...loudness.slice(31, 59))).toBeLessThan(0.01);
  expect(Math.min(...loudness.slice(61))).toBeGreaterThan(0.2);
});

test('foreign clips that agree with each other are copied at their own rate', async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { frames: 30, frameRate: 30 }, { frames: 60, frameRate: 30 });
  const toFile = join(directory, 'film.mp4');

  expect(await stitch(request(clips, toFile))).toMatchObject({ method: 'COPY', durationSeconds: 3 });
  expect((await probe(toFile)).frameRate).toBe(30);
});

test('chapters are written into the film, which plays as before', async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { frames: 24, grey: 10 }, { frames: 24, grey: 90 });
  const toFile = join(directory, 'film.mp4');
  const chapters = [
    { title: 'The lighthouse “wakes” 灯台', startSeconds: 0, endSeconds: 1 },
    { title: 'é'.repeat(200), startSeconds: 1, endSeconds: 2 },
  ];

  await stitch(request(clips, toFile, { chapters }));

  const film = await watch(toFile);
  expectGreys(film.greys, [...ramp(10, 24), ...ramp(90, 24)]);
  expect(film.complaints).toBe(0);
  const bytes = await readFile(toFile);
  expect(bytes.includes('chpl')).toBe(true);
  expect(bytes.includes(chapters[0]?.title ?? '?')).toBe(true);
  const ffprobe = spawnSync('ffprobe', ['-v', 'error', '-show_chapters', '-of', 'json', toFile], {
    encoding: 'utf8',
  });
  if (ffprobe.error) return;
  expect(JSON.parse(ffprobe.stdout).chapters).toMatchObject([
    { start_time: '0.000000', end_time: '1.000000', tags: { title: chapters[0]?.title } },
    { start_time: '1.000000', end_time: '2.000000', tags: { title: 'é'.repeat(127) } },
  ]);
});

test('file names may hold quotes, spaces, commas, colons and any letters', async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { name: `it's "a", clip: 灯.mp4` }, { name: '%d [x];=é.mp4' });
  const toFile = join(directory, `the 'film': “ü”.mp4`);

  await stitch(request(clips, toFile, { crossfadeSeconds: 0.25 }));

  expect((await probe(toFile)).durationSeconds).toBeCloseTo(54 / 24, 6);
});

test('a broken clip is named, and nothing is left of the film', async () => {
  const directory = await testDirectory();
  const [good = '', cut = ''] = await drawClips(directory, {}, { frames: 90 });
  await truncate(cut, 5_000);
  const noise = join(directory, 'noise.mp4');
  await writeFile(noise, 'not a film');
  const before = await namesIn(directory);

  for (const broken of [cut, noise, join(directory, 'absent.mp4')]) {
    await expect(stitch(request([good, broken], join(directory, 'film.mp4')))).rejects.toMatchObject({
      code: 'MEDIA_FAILED',
      message: expect.stringContaining(broken),
    });
  }
  expect(await namesIn(directory)).toEqual(before);
});

test('no clips make no film', async () => {
  const directory = await testDirectory();
  await expect(stitch(request([], join(directory, 'film.mp4')))).rejects.toMatchObject({
    code: 'NOTHING_TO_STITCH',
  });
});

test('an abort stops the work within a second and leaves nothing, also of an older film untouched', async () => {
  const directory = await testDirectory();
  const [clip = ''] = await drawClips(directory, { frames: 200, width: 640, height: 360 });
  const clips = [clip, clip, clip, clip];
  const toFile = join(directory, 'film.mp4');
  await copyFile(clip, toFile);
  const abort = new AbortController();
  let abortedAt = 0;

  const stitching = stitch(request(clips, toFile, { size: { width: 1280, height: 720 } }), {
    signal: abort.signal,
    onProgress: () => {
      abortedAt ||= performance.now();
      abort.abort(new Error('changed my mind'));
    },
  });

  await expect(stitching).rejects.toThrow('changed my mind');
  expect(performance.now() - abortedAt).toBeLessThan(1_000);
  expect(await namesIn(directory)).toEqual(['clip-0.mp4', 'film.mp4']);
  expect(await readFile(toFile)).toEqual(await readFile(clip));
});

test('progress goes up to the end', async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, {}, {});
  const shares: number[] = [];

  await stitch(request(clips, join(directory, 'film.mp4'), { crossfadeSeconds: 0.25 }), {
    onProgress: (share) => shares.push(share),
  });

  expect(shares.length).toBeGreaterThan(3);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeGreaterThan(0.9);
});
