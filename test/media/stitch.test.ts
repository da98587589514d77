import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from '../../src/media/read/probe.ts';
import { stitch } from '../../src/media/stitch/stitch.ts';
import { drawClips, testDirectory, watch } from './support/clips.ts';
import { AAC_FRAME_SECONDS, expectGreys, ramp, request, SIZE } from './support/films.ts';

const FRAME_SECONDS = 1 / 24;

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

test(
  'fifteen clips do not drift: each begins in picture and sound where their lengths say',
  { tags: 'long' },
  async () => {
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
  },
);

test(
  'clips of another size, rate or without sound are fitted in; those that fit stay copies',
  { tags: 'long' },
  async () => {
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
  },
);

test(
  'a clip without sound among others is given silence, and its picture is still copied',
  { tags: 'long' },
  async () => {
    const directory = await testDirectory();
    const clips = await drawClips(
      directory,
      { frames: 30 },
      { frames: 30, sound: 'NO_TRACK' },
      { frames: 30 },
    );
    const toFile = join(directory, 'film.mp4');

    expect((await stitch(request(clips, toFile))).method).toBe('COPY');

    const { loudness } = await watch(toFile);
    expect(Math.min(...loudness.slice(0, 29))).toBeGreaterThan(0.2);
    expect(Math.max(...loudness.slice(31, 59))).toBeLessThan(0.01);
    expect(Math.min(...loudness.slice(61))).toBeGreaterThan(0.2);
  },
);

test('foreign clips that agree with each other are copied at their own rate', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { frames: 30, frameRate: 30 }, { frames: 60, frameRate: 30 });
  const toFile = join(directory, 'film.mp4');

  expect(await stitch(request(clips, toFile))).toMatchObject({ method: 'COPY', durationSeconds: 3 });
  expect((await probe(toFile)).frameRate).toBe(30);
});

test('chapters are written into the film, which plays as before', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { frames: 24, grey: 10 }, { frames: 24, grey: 90 });
  const toFile = join(directory, 'film.mp4');
  const titles = ['The lighthouse “wakes” 灯台', 'é'.repeat(200)];

  const { chapters } = await stitch(request(clips, toFile, { titles }));

  expect(chapters).toEqual([
    { title: titles[0], startSeconds: 0, endSeconds: 1 },
    { title: titles[1], startSeconds: 1, endSeconds: 2 },
  ]);

  const film = await watch(toFile);
  expectGreys(film.greys, [...ramp(10, 24), ...ramp(90, 24)]);
  expect(film.complaints).toBe(0);
  const bytes = await readFile(toFile);
  expect(bytes.includes('chpl')).toBe(true);
  expect(bytes.includes(titles[0] ?? '?')).toBe(true);
  const ffprobe = spawnSync('ffprobe', ['-v', 'error', '-show_chapters', '-of', 'json', toFile], {
    encoding: 'utf8',
  });
  if (ffprobe.error) return;
  expect(JSON.parse(ffprobe.stdout).chapters).toMatchObject([
    { start_time: '0.000000', end_time: '1.000000', tags: { title: titles[0] } },
    { start_time: '1.000000', end_time: '2.000000', tags: { title: 'é'.repeat(127) } },
  ]);
});

test('file names may hold quotes, spaces, commas, colons and any letters', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { name: `it's "a", clip: 灯.mp4` }, { name: '%d [x];=é.mp4' });
  const toFile = join(directory, `the 'film': “ü”.mp4`);

  await stitch(request(clips, toFile, { crossfadeSeconds: 0.25 }));

  expect((await probe(toFile)).durationSeconds).toBeCloseTo(54 / 24, 6);
});

test('progress goes up to the end', { tags: 'long' }, async () => {
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
