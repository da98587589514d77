import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { openRoot, type Root } from './root.ts';
import { checkedKey } from './storage-key.ts';
import type { ListedFile } from './listed-file.ts';

/** Where finished files lie on this machine that the storage does not take yet. They stay when the process ends. */
export type Shelf = {
  /** Moves a finished file of `withTemporary` there, in place of the one that waited for the same key. */
  put(temporaryFile: string, key: string): Promise<void>;
  /** Path of the file that waits for a key; null if none does here. Once it is kept it is gone from here. */
  find(key: string): Promise<string | null>;
  /** Removes what waits for keys; absent is fine. */
  remove(...keys: string[]): Promise<void>;
  /** All that waits, in no order. */
  list(): AsyncIterable<ListedFile>;
};

/**
 * Opens (and makes) a directory as a shelf; several processes may share one.
 *
 * Made before anything is put there: a disk that is full has no room for a directory, and has for another name of a file.
 *
 * @param root without which nothing is put there or said to be absent; by default what `directory` lies in.
 */
export async function openShelf(directory: string, root?: Root): Promise<Shelf> {
  const above = root ?? (await openRoot(path.dirname(directory)));
  await mkdir(directory, { recursive: true });
  // One level deep: a key's slashes are no folders here.
  const pathOf = (key: string) => path.join(directory, encodeURIComponent(checkedKey(key)));

  const shelf: Shelf = {
    async put(temporaryFile, key) {
      await above.makeFolder(directory);
      await sync(temporaryFile);
      await rename(temporaryFile, pathOf(key));
      await sync(directory);
    },
    async find(key) {
      const file = pathOf(key);
      await above.demand();
      return (await measure(file)) ? file : null;
    },
    async remove(...keys) {
      const files = keys.map(pathOf);
      await above.demand();
      for (const file of files) await rm(file, { force: true });
    },
    async *list() {
      await above.demand();
      for (const name of await readdir(directory).catch(noneIfAbsent)) {
        const key = keyOf(name);
        const found = key === null ? null : await measure(path.join(directory, name));
        if (key !== null && found) yield { key, sizeBytes: found.size, modifiedAt: found.mtime };
      }
    },
  };
  return shelf;
}

/** Null for what nobody of ours has put there. */
function keyOf(name: string): string | null {
  try {
    return checkedKey(decodeURIComponent(name));
  } catch {
    return null;
  }
}

/** Somebody may have removed it: then nothing waits. */
function noneIfAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** Null for what is no file, or was taken meanwhile. */
async function measure(file: string) {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return found?.isFile() ? found : null;
}

async function sync(file: string): Promise<void> {
  await using handle = await open(file, 'r');
  await handle.sync();
}
