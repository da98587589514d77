import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openWorkDirectory } from '../../src/platform/storage/work-directory.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

test('a folder that somebody cleared away is made again, and is still this process’s own', async () => {
  const parent = temporaryFolder('work');
  const work = await openWorkDirectory(parent);
  await rm(parent, { recursive: true });
  expect(await work.freeBytes()).toBeGreaterThan(0);
  await rm(parent, { recursive: true });
  await work.withPath('.txt', async (file) => {
    await writeFile(file, 'in progress');
    // Another process starts, and removes what nobody holds.
    const other = await openWorkDirectory(parent);
    expect(await readFile(file, 'utf8')).toBe('in progress');
    await other.close();
  });
  await work.close();
  expect(await readdir(parent)).toEqual([]);
});
