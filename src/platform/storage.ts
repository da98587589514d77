import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';

/** Files by key. A key is `<workspaceId>/projects/<projectId>/…`; a file never changes once it is there. */
export type Storage = {
  /** Absolute path of the directory that holds every file. */
  root: string;
  /** Absolute path of a key's file on this machine. */
  path(key: string): string;
  /** Absolute path for work in progress, in a directory on the same disk; its parent exists. */
  temporary(extension: string): Promise<string>;
  /** Moves a finished file to its key: synced to disk first, so that a key is whole or absent. */
  keep(temporaryFile: string, key: string): Promise<void>;
  /** Removes a file, or everything below a prefix; absent is fine. */
  remove(key: string): Promise<void>;
  /** Bytes of a key's file; null if there is none. */
  size(key: string): Promise<number | null>;
  /** Bytes free for new files. */
  freeBytes(): Promise<number>;
};

/** Opens (and makes) a directory as storage. */
export async function openStorage(directory: string): Promise<Storage> {
  const root = path.resolve(directory);
  const temporaryRoot = path.join(root, '.temporary');
  await mkdir(temporaryRoot, { recursive: true });

  const resolve = (key: string) => {
    const file = path.resolve(root, key);
    if (!file.startsWith(root + path.sep)) throw new Error(`"${key}" is not a storage key`);
    return file;
  };

  return {
    root,
    path: resolve,
    async temporary(extension) {
      await mkdir(temporaryRoot, { recursive: true });
      return path.join(temporaryRoot, `${randomUUID()}.${extension}`);
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
