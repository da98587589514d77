import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from '../../src/media/read/probe.ts';
import { drawClips, drawClipsWithin, testDirectory, watch } from './support/clips.ts';

test('a clip lasts exactly its frames, in picture and in sound', async () => {
  const directory = await testDirectory();
  for (const frames of [1, 25, 50]) {
    const [clip = ''] = await drawClips(directory, { frames, name: `${frames}.mp4` });
    const { durationSeconds, audioSeconds } = await probe(clip);
    expect(durationSeconds).toBeCloseTo(frames / 24, 6);
    expect(audioSeconds).toBeCloseTo(frames / 24, 4);
  }
});

test('every frame is shown as it was drawn, the first one too', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const greys = [10, 90, 10, 90, 10, 90];
  const clips = await drawClips(directory, ...greys.map((grey) => ({ grey, frames: 26 })));
  for (const [index, clip] of clips.entries()) {
    const watched = await watch(clip);
    const errors = watched.greys.map((grey, frame) => Math.abs(grey - (greys[index] ?? 0) - frame));
    expect(Math.max(...errors)).toBeLessThan(2.5);
    expect(watched.complaints).toBe(0);
  }
});

test('where no sound is written there is silence, and a written beep is where it belongs', async () => {
  const directory = await testDirectory();
  const [beep = '', silence = ''] = await drawClips(directory, { sound: 'BEEP' }, { sound: 'SILENCE' });
  const { loudness } = await watch(beep);
  expect(loudness.slice(0, 2).every((loud) => loud > 0.2)).toBe(true);
  expect(Math.max(...loudness.slice(4))).toBeLessThan(0.01);
  expect(Math.max(...(await watch(silence)).loudness)).toBe(0);
});

test(
  'clips of one size join by copying whatever they show; those of another size or rate do not',
  { tags: 'long' },
  async () => {
    const directory = await testDirectory();
    const clips = await drawClips(
      directory,
      { frames: 3, grey: 0, sound: 'SILENCE' },
      { frames: 60, grey: 120 },
      { width: 128, height: 72 },
      { frameRate: 25 },
    );
    const [first, second, ...others] = await Promise.all(clips.map((clip) => probe(clip)));
    expect(second?.signature).toBe(first?.signature);
    for (const other of others) expect(other.signature).not.toBe(first?.signature);
  },
);

test('a folder that is not there is not made, and a name is taken as it stands', async () => {
  const directory = await testDirectory();
  const failing = drawClips(directory, { frames: 1, name: 'gone/a.mp4' });
  await expect(failing).rejects.toThrow(/no such file or directory/i);
  expect(existsSync(join(directory, 'gone'))).toBe(false);
  const [clip = ''] = await drawClips(directory, { frames: 1, name: 'file: 50%20 a?b#c.mp4' });
  expect((await stat(clip)).size).toBeGreaterThan(0);
});

test('an odd size is refused with the encoder’s reason', async () => {
  const directory = await testDirectory();
  await expect(drawClips(directory, { width: 65 })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringContaining('width not divisible by 2'),
  });
});

/** Linux's device that is always full. */
const FULL_DISK = '/dev/full';

test.skipIf(!existsSync(FULL_DISK))(
  'a clip that cannot be written is a failure, not a shorter clip',
  async () => {
    const directory = await testDirectory();
    await expect(drawClips(directory, { name: relative(directory, FULL_DISK) })).rejects.toMatchObject({
      code: 'MEDIA_FAILED',
      message: expect.stringMatching(/no space left/i),
    });
  },
);

test('a disk that fills while the index is written is a failure too', async () => {
  const directory = await testDirectory();
  const [clip = ''] = await drawClips(directory, { frames: 60 });
  const limit = { fileBytes: (await stat(clip)).size - 1_500 };
  await expect(drawClipsWithin(limit, directory, { frames: 60 })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringContaining('File too large'),
  });
});

test('a clip without a frame is refused', async () => {
  const directory = await testDirectory();
  await expect(drawClips(directory, { frames: 0 })).rejects.toThrow('There is not a frame to write.');
});
