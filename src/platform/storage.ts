import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';

/** Files by key. A key is `<workspaceId>/projects/<projectId>/…`; a file never changes once it is there. */
export type Storage = {
  /** Absolute path of the directory that holds every file. */
  root: string;
  /** Absolute path of a key's file on this machine. */
  path(key: string): string;
  /** Lends a path for work in progress, on the same disk; what still lies there afterwards is removed. */
  withTemporary<Result>(extension: string, use: (file: string) => Promise<Result>): Promise<Result>;
  /** Moves a finished file to its key: synced to disk first, so that a key is whole or absent. */
  keep(temporaryFile: string, key: string): Promise<void>;
  /** Removes a file, or everything below a prefix; absent is fine. */
  remove(key: string): Promise<void>;
  /** Bytes of a key's file; null if there is none. */
  size(key: string): Promise<number | null>;
  /** Bytes free for new files. */
  freeBytes(): Promise<number>;
};

/** Work older than this was left by a process that died. */
const ABANDONED_MILLISECONDS = 24 * 60 * 60_000;

/** Opens (and makes) a directory as storage; half-written files that a dead process left are removed. */
export async function openStorage(directory: string): Promise<Storage> {
  const root = path.resolve(directory);
  const temporaryRoot = path.join(root, '.temporary');
  await mkdir(temporaryRoot, { recursive: true });
  await removeAbandoned(temporaryRoot);

  const resolve = (key: string) => {
    const file = path.resolve(root, key);
    if (!file.startsWith(root + path.sep)) throw new Error(`"${key}" is not a storage key`);
    return file;
  };

  return {
    root,
    path: resolve,
    async withTemporary(extension, use) {
      const file = path.join(temporaryRoot, `${randomUUID()}.${extension}`);
      try {
        return await use(file);
      } finally {
        await rm(file, { force: true });
      }
    },
    async keep(temporaryFile, key) {
      const file = resolve(key);
      await mkdir(path.dirname(file), { recursive: true });
      await sync(temporaryFile);
      await rename(temporaryFile, file);
      await sync(path.dirname(file));
    },
    async remove(key) {
      await rm(resolve(key), { recursive: true, force: true });
    },
    async size(key) {
      const found = await stat(resolve(key)).catch(absent);
      return found?.size ?? null;
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
  };
}

async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name);
    const found = await stat(file).catch(absent);
    if (found && Date.now() - found.mtimeMs > ABANDONED_MILLISECONDS)
      await rm(file, { recursive: true, force: true });
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
