/** Pictures that are too large to be sent on. */
import { randomFillSync } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readPictureHeader } from '../../../src/media/still/picture-header.ts';
import { encodePng } from '../../../src/providers/animatic/png.ts';
import { encodePicture, MOST_BYTES } from '../../../src/providers/google/input-picture.ts';
import { temporaryFolder } from '../../support/temporary/folder.ts';

/** Noise of the size of a 4K frame, which no format makes small. */
async function noise(width: number, height: number): Promise<string> {
  const directory = temporaryFolder('input');
  const file = path.join(directory, 'frame.png');
  await writeFile(file, encodePng(randomFillSync(Buffer.alloc(width * height * 4)), { width, height }, null));
  return file;
}

test('a picture that Google would not take is sent as a smaller JPEG of the same shape', async () => {
  const file = await noise(2_752, 1_536);
  const before = (await stat(file)).size;
  expect(before).toBeGreaterThan(MOST_BYTES);
  const { data, mimeType } = await encodePicture(file);
  const sent = Buffer.from(data, 'base64');
  const { width = 0, height = 0 } = readPictureHeader(sent) ?? {};
  expect(sent.length).toBeLessThanOrEqual(MOST_BYTES);
  expect(mimeType).toBe('image/jpeg');
  expect(width / height).toBeCloseTo(2_752 / 1_536, 2);
  // The frame itself stays as it is.
  expect((await stat(file)).size).toBe(before);
});

test('any other is sent as it is', async () => {
  const file = await noise(320, 180);
  const { data, mimeType } = await encodePicture(file);
  expect(mimeType).toBe('image/png');
  expect(Buffer.from(data, 'base64')).toHaveLength((await stat(file)).size);
});

test('one that cannot be read stops the call before anything is sent', async () => {
  await expect(encodePicture('/nowhere/frame.png')).rejects.toMatchObject({ outcome: 'NOT_ACCEPTED' });
});
