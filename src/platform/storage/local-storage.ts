import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileGone } from './file-gone.ts';
import { openShelf } from './shelf.ts';
import { throwNotRead } from './storage-away.ts';
import { checkedKey } from './storage-key.ts';
import type { ListedFile, Storage } from './storage.ts';
import { openWorkDirectory } from './work-directory.ts';

/** Hidden, so that no key leads there; on the same disk, so that a finished file is moved and not copied. */
const WORK = '.temporary';
const SHELF = '.shelf';

/**
 * Opens (and makes) a directory as storage. Several machines may share one.
 *
 * @throws {Error} with the system's code if it cannot be made or written.
 */
export async function openLocalStorage(directory: string): Promise<Storage> {
  const root = path.resolve(directory);
  const work = await openWorkDirectory(path.join(root, WORK));
  const shelf = await openShelf(path.join(root, SHELF));
  const pathOf = (key: string) => path.join(root, checkedKey(key));

  const storage: Storage = {
    async withFiles(keys, use) {
      const paths = keys.map(pathOf);
      for (const [index, file] of paths.entries()) {
        const found = await find(file).catch(throwNotRead);
        if (!found) throw fileGone(keys[index] ?? '');
      }
      return use(paths);
    },
    withTemporary: (extension, use) => work.lend(`.${extension}`, use),
    async keep(temporaryFile, key) {
      const file = pathOf(key);
      const folder = path.dirname(file);
      const firstMade = await mkdir(folder, { recursive: true });
      await sync(temporaryFile);
      await rename(temporaryFile, file);
      await syncFolders(folder, firstMade);
    },
    shelf,
    async remove(keyOrPrefix) {
      await rm(pathOf(keyOrPrefix), { recursive: true, force: true });
      await shelf.remove(keyOrPrefix);
    },
    size: async (key) => (await storage.stat(key))?.sizeBytes ?? null,
    async stat(key) {
      const found = await find(pathOf(key));
      if (!found) return null;
      const etag = `"${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`;
      return { key, sizeBytes: found.size, modifiedAt: found.mtime, etag };
    },
    read: async (key, range) => createReadStream(pathOf(key), range),
    list: (prefix) => walk(root, prefix === '' ? '' : checkedKey(prefix)),
    freeBytes: () => work.freeBytes(),
    locationOf: pathOf,
    check: () => access(root, constants.R_OK | constants.W_OK),
    close: () => work.close(),
  };
  return storage;
}

/** A file's measures; null for a folder and for what is absent. */
async function find(file: string) {
  const found = await stat(file).catch(absent);
  return found?.isFile() ? found : null;
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

function absent(error: NodeJS.ErrnoException): null {
  if (ABSENT.has(error.code ?? '')) return null;
  throw error;
}

async function* walk(root: string, folder: string): AsyncGenerator<ListedFile> {
  const entries = await opendir(path.join(root, folder)).catch(absent);
  if (!entries) return;
  for await (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const key = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(root, key);
    else {
      const found = await find(path.join(root, key));
      if (found) yield { key, sizeBytes: found.size, modifiedAt: found.mtime };
    }
  }
}

/** A new folder survives a power cut only if the folder that holds it is synced too. */
async function syncFolders(folder: string, firstMade: string | undefined): Promise<void> {
  await sync(folder);
  if (firstMade === undefined) return;
  for (let made = folder; made !== path.dirname(firstMade); made = path.dirname(made)) {
    await sync(path.dirname(made));
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
