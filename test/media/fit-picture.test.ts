/** Frames are cropped around their middle and scaled, pixel for pixel. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { fitPicture } from '../../src/media/still/fit-picture.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

/** A picture as Google's models draw it: blue, its outermost 16 and 6 pixels red, a green square in the very middle. */
async function drawn(): Promise<string> {
  const directory = temporaryFolder('fit');
  const canvas = createCanvas(1_376, 768);
  const context = canvas.getContext('2d');
  context.fillStyle = 'red';
  context.fillRect(0, 0, 1_376, 768);
  context.fillStyle = 'blue';
  context.fillRect(16, 6, 1_344, 756);
  context.fillStyle = 'lime';
  context.fillRect(1_376 / 2 - 50, 768 / 2 - 50, 100, 100);
  const file = path.join(directory, 'frame.png');
  await writeFile(file, canvas.toBuffer('image/png'));
  return file;
}

/** The colour at a place, red, green and blue as they are nearest: `0 0 255`. */
async function lookAt(file: string) {
  const picture = await loadImage(await readFile(file));
  const canvas = createCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0);
  const at = (x: number, y: number) => {
    const [red = 0, green = 0, blue = 0] = context.getImageData(x, y, 1, 1).data;
    return [red, green, blue].map((part) => Math.round(part / 51) * 51).join(' ');
  };
  return { size: `${picture.width}x${picture.height}`, at };
}

test('what is cut off is the same at both edges, and what is left stays where it was', async () => {
  const file = await drawn();
  await fitPicture({ file, part: { width: 1_344, height: 756 }, size: { width: 1_344, height: 756 } });
  const { size, at } = await lookAt(file);
  expect(size).toBe('1344x756');
  const corners = [at(0, 0), at(1_343, 0), at(0, 755), at(1_343, 755)];
  expect(corners).toEqual(Array.from(corners, () => '0 0 255'));
  expect([at(672, 378), at(672 - 45, 378 - 45), at(672 + 44, 378 + 44)]).toEqual([
    '0 255 0',
    '0 255 0',
    '0 255 0',
  ]);
  expect(at(672 - 60, 378)).toBe('0 0 255');
  expect((await readFile(file)).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
});

test('the part that is kept is scaled as a whole', async () => {
  const file = await drawn();
  await fitPicture({ file, part: { width: 1_344, height: 756 }, size: { width: 672, height: 378 } });
  const { size, at } = await lookAt(file);
  expect(size).toBe('672x378');
  expect([at(2, 2), at(669, 375), at(336, 189), at(336 - 20, 189), at(336 - 30, 189)]).toEqual([
    '0 0 255',
    '0 0 255',
    '0 255 0',
    '0 255 0',
    '0 0 255',
  ]);
});
