import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { stitch } from '../../src/media/stitch/stitch.ts';
import { drawClips, namesIn, testDirectory } from './support/clips.ts';
import { request } from './support/films.ts';

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
      message: expect.stringContaining(basename(broken)),
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

test(
  'an abort stops the work within a second and leaves nothing, also of an older film untouched',
  { tags: 'long' },
  async () => {
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
  },
);
