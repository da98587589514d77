import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStorage, type Storage } from '../../src/platform/storage.ts';

let directory: string;
let storage: Storage;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'vidpipe-storage-'));
  storage = await openStorage(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const temporaryFiles = () => readdir(path.join(directory, '.temporary'));

test('a kept file is at its key, and nothing is left beside it', async () => {
  await storage.withTemporary('txt', async (file) => {
    await writeFile(file, 'film');
    await storage.keep(file, 'w/projects/p/clip.txt');
  });
  expect(await readFile(storage.path('w/projects/p/clip.txt'), 'utf8')).toBe('film');
  expect(await storage.size('w/projects/p/clip.txt')).toBe(4);
  expect(await temporaryFiles()).toEqual([]);
});

test('work that fails leaves no file', async () => {
  const failing = storage.withTemporary('txt', async (file) => {
    await writeFile(file, 'half');
    throw new Error('disk full');
  });
  await expect(failing).rejects.toThrow('disk full');
  expect(await temporaryFiles()).toEqual([]);
});

test('what a dead process left is removed at the next start, what is being written stays', async () => {
  const old = path.join(directory, '.temporary', 'old.mp4');
  const fresh = path.join(directory, '.temporary', 'fresh.mp4');
  await writeFile(old, 'half');
  await writeFile(fresh, 'half');
  const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
  await utimes(old, yesterday, yesterday);
  await openStorage(directory);
  expect(await temporaryFiles()).toEqual(['fresh.mp4']);
});

test.each(['../outside', 'a/../../outside', '/etc/passwd', ''])('"%s" is no key', (key) => {
  expect(() => storage.path(key)).toThrow('not a storage key');
});

test('removing a prefix removes all below it; removing what is absent is fine', async () => {
  await storage.withTemporary('txt', async (file) => {
    await writeFile(file, 'x');
    await storage.keep(file, 'w/projects/p/a.txt');
  });
  await storage.remove('w/projects/p');
  await storage.remove('w/projects/p');
  expect(await storage.size('w/projects/p/a.txt')).toBeNull();
});
