import { createReadStream } from 'node:fs';
import { access, constants, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { FileGone } from './file-gone.ts';
import { FolderTaken, inTheWay, whereAway } from './folder-taken.ts';
import { openIncoming } from './incoming.ts';
import { openRoot, type Root } from './root.ts';
import { openShelf } from './shelf.ts';
import { throwNotRead } from './storage-away.ts';
import { checkedKey } from './storage-key.ts';
import type { Storage } from './storage.ts';
import type { ListedFile } from './listed-file.ts';
import { openWorkDirectory } from './work-directory.ts';

/** Hidden, so that no key leads there; on the same disk, so that a finished file is moved and not copied. */
const WORK = '.temporary';
const SHELF = '.shelf';
const INCOMING = '.incoming';
const UPLOADS = '.uploads';

/**
 * Opens (and makes) a directory as storage. Several machines may share one.
 *
 * @throws {Error} with the system's code if it cannot be made or written.
 */
export async function openLocalStorage(directory: string): Promise<Storage> {
  const root = await openRoot(directory);
  // An earlier start may have left its own folders there, which are hidden.
  const isNew = (await readdir(root.directory)).every((name) => name.startsWith('.'));
  const work = await openWorkDirectory(path.join(root.directory, WORK), root);
  const shelf = await openShelf(path.join(root.directory, SHELF), root);
  const incoming = await openIncoming(path.join(root.directory, INCOMING), root);
  const pathOf = (key: string) => path.join(root.directory, checkedKey(key));
  const naming = <Result>(file: string, result: Promise<Result>): Promise<Result> =>
    result.catch(async (error: unknown) => {
      throw await root.explain(await whereAway(root.directory, file, error));
    });

  const storage: Storage = {
    isNew,
    async withFiles(keys, use) {
      const paths = keys.map(pathOf);
      for (const [index, file] of paths.entries()) {
        const found = await find(root, file).catch(throwNotRead);
        if (!found) throw new FileGone(keys[index] ?? '');
      }
      return use(paths).catch(async (error: unknown) => {
        throw await root.explain(error);
      });
    },
    withTemporary: (extension, use) => work.withPath(`.${extension}`, use),
    keep: async (temporaryFile, key) => naming(pathOf(key), moveInto(root, pathOf(key), temporaryFile)),
    shelf,
    incoming,
    uploadsFolder: path.join(root.directory, UPLOADS),
    async remove(...keys) {
      const files = keys.map(pathOf);
      await root.demand();
      for (const file of files) await naming(file, rm(file, { force: true }));
      await naming(root.directory, shelf.remove(...keys));
    },
    size: async (key) => (await storage.stat(key))?.sizeBytes ?? null,
    async stat(key) {
      const found = await find(root, pathOf(key)).catch(throwNotRead);
      if (!found) return null;
      const etag = `"${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`;
      return { key, sizeBytes: found.size, modifiedAt: found.mtime, etag };
    },
    read: async (key, range) => createReadStream(pathOf(key), range),
    list: (prefix) => listBelow(root, prefix === '' ? '' : checkedKey(prefix)),
    freeBytes: () => work.freeBytes(),
    locationOf: pathOf,
    async check() {
      await root.demand();
      await naming(root.directory, access(root.directory, constants.R_OK | constants.W_OK));
    },
    close: () => work.close(),
  };
  return storage;
}

async function moveInto(root: Root, file: string, temporaryFile: string): Promise<void> {
  const folder = path.dirname(file);
  const firstMade = await root.makeFolder(folder);
  await sync(temporaryFile);
  await rename(temporaryFile, file);
  await syncFolders(folder, firstMade);
}

/**
 * A file's measures; null for a folder and for what is absent.
 *
 * @throws {StorageAway} if the root is away; {FolderTaken} if a file lies in the place of a folder that leads to it.
 */
async function find(root: Root, file: string) {
  await root.demand();
  const found = await look(root.directory, file);
  if (found) return found;
  await root.demand();
  // The root may have been away in between.
  return look(root.directory, file);
}

async function look(root: string, file: string) {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => absentBelow(root, file, error));
  return found?.isFile() ? found : null;
}

async function absentBelow(root: string, file: string, error: NodeJS.ErrnoException): Promise<null> {
  if (error.code !== 'ENOTDIR') return absent(error);
  const cause = await inTheWay(root, file, error);
  // A file of ours has an ending, no folder has: below such a one there never was anything.
  const isOurs =
    cause instanceof FolderTaken && cause.obstacle !== root && path.extname(cause.obstacle) !== '';
  if (isOurs) return null;
  throw cause;
}

const ABSENT = new Set(['ENOENT', 'ENAMETOOLONG']);

function absent(error: NodeJS.ErrnoException): null {
  if (ABSENT.has(error.code ?? '')) return null;
  throw error;
}

/** What was listed is all that there is only if the root was there to the end. */
async function* listBelow(root: Root, folder: string): AsyncGenerator<ListedFile> {
  await root.demand();
  yield* walk(root.directory, folder);
  await root.demand();
}

async function* walk(root: string, folder: string): AsyncGenerator<ListedFile> {
  const at = path.join(root, folder);
  const entries = await opendir(at).catch((error: NodeJS.ErrnoException) => absentBelow(root, at, error));
  if (!entries) return;
  for await (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const key = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(root, key);
    else {
      const found = await look(root, path.join(root, key));
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
