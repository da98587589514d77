import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { beforeAll, describe, expect, test } from 'vitest';
import { takePicture } from '../../src/media/still/take-picture.ts';
import { pngOf } from '../support/pictures.ts';
import { testDirectory } from './support/clips.ts';

const SIZE = { width: 96, height: 54 };
const KINDS = ['png', 'jpeg', 'webp', 'avif'] as const;
type Kind = (typeof KINDS)[number];

/** A picture, left half red, right half blue, in each form. */
const pictures: Partial<Record<Kind, Buffer>> = {};
beforeAll(async () => {
  const canvas = createCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'red';
  context.fillRect(0, 0, 48, 54);
  context.fillStyle = 'blue';
  context.fillRect(48, 0, 48, 54);
  for (const kind of KINDS)
    pictures[kind] = kind === 'avif' ? await canvas.encode('avif') : await canvas.encode(kind as 'png');
});

async function write(content: Buffer): Promise<string> {
  const file = join(await testDirectory(), 'picture');
  await writeFile(file, content);
  return file;
}

const pictureOf = (kind: Kind) => pictures[kind] ?? Buffer.alloc(0);

/** Whether its left is red and its right blue. */
async function looksRight(file: string): Promise<boolean> {
  const canvas = createCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  context.drawImage(await loadImage(await readFile(file)), 0, 0);
  const [red = 0, , notBlue = 0] = context.getImageData(10, 27, 1, 1).data;
  const [notRed = 0, , blue = 0] = context.getImageData(86, 27, 1, 1).data;
  return red > 200 && notBlue < 60 && blue > 200 && notRed < 60;
}

test.each(['png', 'jpeg'] as const)('a %s stays as it is', async (kind) => {
  const file = await write(pictureOf(kind));
  expect(await takePicture({ file })).toEqual({ ...SIZE, mimeType: `image/${kind}` });
  expect(await readFile(file)).toEqual(pictureOf(kind));
});

test.each(['webp', 'avif'] as const)('a %s becomes a JPEG of the same picture', async (kind) => {
  const file = await write(pictureOf(kind));
  expect(await takePicture({ file })).toEqual({ ...SIZE, mimeType: 'image/jpeg' });
  expect((await readFile(file)).subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(await looksRight(file)).toBe(true);
});

describe('no picture for a film', () => {
  test.each(KINDS)('a %s that was cut off', async (kind) => {
    const whole = pictureOf(kind);
    const file = await write(whole.subarray(0, Math.floor(whole.length * 0.7)));
    await expect(takePicture({ file })).rejects.toThrow(/cannot be used: it is cut off or damaged/);
  });

  test('a PNG with other bytes in its middle', async () => {
    const damaged = Buffer.from(pictureOf('png'));
    const middle = Math.floor(damaged.length / 2);
    damaged.fill(0x5a, middle, middle + 4);
    await expect(takePicture({ file: await write(damaged) })).rejects.toThrow(/cannot be used/);
  });

  test.each([
    ['another form', Buffer.from('GIF89a\u0001\u0000\u0001\u0000', 'latin1')],
    ['a playlist', Buffer.from('#EXTM3U\nfile:///etc/passwd\n')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_, content) => {
    await expect(takePicture({ file: await write(content) })).rejects.toThrow(/no PNG, JPEG, WebP or AVIF/);
  });

  test('one that would fill the memory', async () => {
    const file = await write(pngOf({ size: { width: 60_000, height: 60_000 }, unpackedBytes: 1_000 }));
    await expect(takePicture({ file })).rejects.toThrow(/cannot be used/);
  });
});
