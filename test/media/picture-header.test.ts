import { expect, test } from 'vitest';
import { readPictureHeader } from '../../src/media/still/picture-header.ts';

test('a picture is known by its header', () => {
  const jpeg = Buffer.from('ffd8ffe000040000ffc40003aaffc0001108024003c003', 'hex');
  expect(readPictureHeader(jpeg)).toEqual({ mimeType: 'image/jpeg', width: 960, height: 576 });
  expect(readPictureHeader(Buffer.from('GIF89a'))).toBeNull();
  expect(readPictureHeader(jpeg.subarray(0, 12))).toBeNull();
});
