/** What cannot be cut is refused in words, and leaves nothing. */
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { InvalidInputError } from '../../src/core/errors.ts';
import { cutClip } from '../../src/media/cut/cut-clip.ts';
import { namesIn, testDirectory } from './support/clips.ts';
import { makeNumbered } from './support/numbered.ts';

let directory: string;
beforeAll(async () => {
  directory = await testDirectory();
  const usual = { frames: 50, frameRate: { num: 25, den: 1 } };
  const [film = '', cut = '', late = ''] = await makeNumbered(
    directory,
    { name: 'film.mp4', ...usual },
    { name: 'no-index.mp4', ...usual },
    { name: 'half.mkv', ...usual },
  );
  const { length } = await readFile(cut);
  await truncate(cut, Math.round(length * 0.4));
  await truncate(late, Math.round((await readFile(late)).length * 0.5));
  await writeFile(join(directory, 'empty.mp4'), '');
  await writeFile(join(directory, 'list.mp4'), `ffconcat version 1.0\nfile '${film}'\n`);
  await writeFile(join(directory, 'playlist.m3u8'), `#EXTM3U\n#EXTINF:2,\n${film}\n#EXT-X-ENDLIST\n`);
  await writeFile(join(directory, 'silence.wav'), wav());
});

/** A second of silence. */
function wav(): Buffer {
  const head = Buffer.from(
    'RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x02\0\x10\0data\0\0\0\0',
    'latin1',
  );
  head.writeUInt32LE(36 + 16_000, 4);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt32LE(16_000, 40);
  return Buffer.concat([head, Buffer.alloc(16_000)]);
}

test.each([
  ['empty.mp4', /no film or sound/],
  ['no-index.mp4', /moov|Invalid data/],
  ['half.mkv', /cut short/],
  ['list.mp4', /no film or sound/],
  ['playlist.m3u8', /no film or sound/],
  ['silence.wav', /no picture/],
  ['missing.mp4', /ENOENT|no such file/],
])('%s', async (name, message) => {
  const before = await namesIn(directory);
  const cut = cutClip({
    file: join(directory, name),
    toFile: join(directory, 'clip.mp4'),
    startSeconds: 0.5,
    endSeconds: 1.9,
  });
  await expect(cut).rejects.toMatchObject({ code: 'MEDIA_FAILED', message: expect.stringMatching(message) });
  expect(await namesIn(directory)).toEqual(before);
});

test.each([
  [5, 6, 'startSeconds'],
  [1.01, 1.02, 'startSeconds'],
  [1, 1, 'endSeconds'],
  [-1, 1, 'endSeconds'],
  [0, Number.POSITIVE_INFINITY, 'endSeconds'],
])('from %d s to %d s of two seconds', async (startSeconds, endSeconds, field) => {
  const request = {
    file: join(directory, 'film.mp4'),
    toFile: join(directory, 'clip.mp4'),
    startSeconds,
    endSeconds,
  };
  const refused: unknown = await cutClip(request).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InvalidInputError);
  expect(refused).toMatchObject({ issues: [{ path: [field] }], inputPath: [field] });
  expect(await namesIn(directory)).not.toContain('clip.mp4');
});
