import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makePicture } from '../support/paid-provider/wares.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { isWhole } from './whole-file.ts';

let folder: string;
beforeAll(async () => {
  folder = temporaryFolder('whole');
});

function box(kind: string, content: number): Buffer {
  const bytes = Buffer.alloc(8 + content);
  bytes.writeUInt32BE(bytes.length);
  bytes.write(kind, 4, 'latin1');
  return bytes;
}

const FILES = {
  'clip.mp4': Buffer.concat([box('ftyp', 16), box('mdat', 500), box('moov', 100)]),
  'frame.png': makePicture('A fox wakes.', { width: 64, height: 36 }),
  'poster.jpg': Buffer.from('ffd8ffe000104a464946ffd9', 'hex'),
};

test.each(Object.entries(FILES))('%s is whole; cut anywhere it is not', async (name, bytes) => {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  expect(await isWhole(file)).toBe(true);
  for (const share of [0, 0.3, 0.9]) {
    await writeFile(file, bytes.subarray(0, Math.floor(share * bytes.length)));
    expect(await isWhole(file)).toBe(false);
  }
});
