import { stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from '../../src/media/read/probe.ts';
import { drawClips, testDirectory } from './support/clips.ts';

test('a film is told by its measures', async () => {
  const directory = await testDirectory();
  const [clip = ''] = await drawClips(directory, { frames: 36, width: 128, height: 72 });
  expect(await probe(clip)).toEqual({
    durationSeconds: 1.5,
    fileSizeBytes: (await stat(clip)).size,
    width: 128,
    height: 72,
    frameRate: 24,
    videoCodec: 'h264',
    audioCodec: 'aac',
    audioSeconds: 1.5,
    sampleRate: 48_000,
    channels: 2,
    signature: expect.any(String),
  });
});

test('a film without a sound track says so', async () => {
  const directory = await testDirectory();
  const [clip = ''] = await drawClips(directory, { sound: 'NO_TRACK' });
  expect(await probe(clip)).toMatchObject({
    audioCodec: null,
    audioSeconds: 0,
    sampleRate: null,
    channels: null,
  });
});

test('a file cut short is refused, though its index claims the whole', async () => {
  const directory = await testDirectory();
  const [clip = ''] = await drawClips(directory, { frames: 96 });
  await truncate(clip, Math.floor((await stat(clip)).size / 2));
  await expect(probe(clip)).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringMatching(/clip-0\.mp4: the file is cut short; it claims 4\.0 s/),
  });
});

test('what is no film is refused by name: text, nothing, a playlist that names other files', async () => {
  const directory = await testDirectory();
  const contents = {
    'text.mp4': 'hello',
    'empty.mp4': '',
    'playlist.mp4': '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n',
    'concat.mp4': 'ffconcat version 1.0\nfile /etc/passwd\n',
  };
  for (const [name, content] of Object.entries(contents)) {
    const file = join(directory, name);
    await writeFile(file, content);
    await expect(probe(file)).rejects.toMatchObject({
      code: 'MEDIA_FAILED',
      message: expect.stringContaining(`${name}: no film`),
    });
  }
});
