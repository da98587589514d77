import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { contactSheet, poster } from '../../src/media/still/poster.ts';
import { drawClips, namesIn, testDirectory } from './support/clips.ts';

/** Size of a picture, and the grey at a point of it. */
async function look(file: string, x: number, y: number) {
  const image = await loadImage(file);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const [red = 0] = context.getImageData(x, y, 1, 1).data;
  return { width: image.width, height: image.height, grey: red };
}

test('a poster is the frame shown at its second, in full size', async () => {
  const directory = await testDirectory();
  const [clip = ''] = await drawClips(directory, { frames: 60, width: 128, height: 72, grey: 50 });
  const toFile = join(directory, 'poster.jpg');

  await poster(clip, 1.5, toFile);

  const { width, height, grey } = await look(toFile, 64, 36);
  expect([width, height]).toEqual([128, 72]);
  expect(Math.abs(grey - (50 + 36))).toBeLessThan(3);
  expect(await namesIn(directory)).toEqual(['clip-0.mp4', 'poster.jpg']);
});

test('past the end a poster is the last frame', async () => {
  const directory = await testDirectory();
  const [clip = ''] = await drawClips(directory, { frames: 60, grey: 50 });
  const toFile = join(directory, 'poster.jpg');
  await poster(clip, 99, toFile);
  expect(Math.abs((await look(toFile, 32, 18)).grey - (50 + 59))).toBeLessThan(3);
});

test('a contact sheet shows its frames four to a row on a dark ground', { tags: 'long' }, async () => {
  const directory = await testDirectory();
  const clips = await drawClips(directory, { grey: 60 }, { grey: 200 });
  const [first = '', second = ''] = clips;
  const toFile = join(directory, 'sheet.jpg');
  const frames = [first, first, first, first, second].map((file) => ({ file, atSeconds: 0 }));

  await contactSheet(frames, toFile);

  const corner = await look(toFile, 2, 2);
  expect([corner.width, corner.height]).toEqual([4 * 480 + 5 * 6, 2 * 270 + 3 * 6]);
  expect(corner.grey).toBeLessThan(30);
  expect(Math.abs((await look(toFile, 246, 141)).grey - 60)).toBeLessThan(4);
  expect(Math.abs((await look(toFile, 246, 417)).grey - 200)).toBeLessThan(4);
});

test('a poster of a broken film fails by name and leaves nothing', async () => {
  const directory = await testDirectory();
  await expect(poster(join(directory, 'absent.mp4'), 0, join(directory, 'poster.jpg'))).rejects.toMatchObject(
    {
      code: 'MEDIA_FAILED',
      message: expect.stringContaining('absent.mp4'),
    },
  );
  expect(await namesIn(directory)).toEqual([]);
});
