import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openShelf, type Shelf } from '../../src/platform/storage/shelf.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

async function shelfOf(): Promise<{
  shelf: Shelf;
  directory: string;
  made: (text: string) => Promise<string>;
}> {
  const root = temporaryFolder('shelf');
  const directory = path.join(root, '.shelf');
  const made = async (text: string) => {
    const file = path.join(root, 'made');
    await writeFile(file, text);
    return file;
  };
  return { shelf: await openShelf(directory), directory, made };
}

async function keysOf(shelf: Shelf): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of shelf.list()) keys.push(key);
  return keys;
}

test('what waits is found by its key, and removed by it alone', async () => {
  const { shelf, made } = await shelfOf();
  await shelf.put(await made('a'), 'films/one/a.png');
  await shelf.put(await made('b'), 'films/two/b.png');
  expect(await shelf.find('films/one/a.png')).not.toBeNull();
  await shelf.remove('films/one', 'films/one/a.png');
  expect(await keysOf(shelf)).toEqual(['films/two/b.png']);
  await shelf.remove('films/two/b.png');
  expect(await keysOf(shelf)).toEqual([]);
});

test('what others have put there is passed over', async () => {
  const { shelf, directory, made } = await shelfOf();
  await shelf.put(await made('a'), 'films/a.png');
  for (const name of ['%', '%E0%A4%A', '..%2F..%2Fetc', '.hidden', 'núll%00'])
    await writeFile(path.join(directory, name), 'garbage');
  expect(await keysOf(shelf)).toEqual(['films/a.png']);
});

test('one that somebody has removed holds nothing, and takes the next file', async () => {
  const { shelf, directory, made } = await shelfOf();
  await rm(directory, { recursive: true });
  expect(await keysOf(shelf)).toEqual([]);
  expect(await shelf.find('films/a.png')).toBeNull();
  await shelf.put(await made('a'), 'films/a.png');
  expect(await keysOf(shelf)).toEqual(['films/a.png']);
});
