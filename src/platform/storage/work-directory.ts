import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { DirectoryInUseError, lockDirectory } from '../database/directory-lock.ts';
import { FolderTaken, inTheWay } from './folder-taken.ts';
import { openRoot, type Root } from './root.ts';
import { StorageAway } from './storage-away.ts';

/** A directory for the work in progress of this process. */
export type WorkDirectory = {
  /** Hands out a path in it that nobody else uses; a file or folder that still lies there afterwards is removed. */
  withPath<Result>(name: string, use: (file: string) => Promise<Result>): Promise<Result>;
  /** Bytes free on its disk. */
  freeBytes(): Promise<number>;
  /** Removes it. */
  close(): Promise<void>;
};

/** Ending of a directory that is not locked yet. */
const DRAFT = '.new';
/** What nobody can have locked is judged by its age instead: longer than any start of a process takes. */
const ABANDONED_MILLISECONDS = 24 * 60 * 60_000;

/**
 * Makes a directory of this process's own below `parent`, and removes those of processes that died.
 *
 * Each process holds a lock on its own, which the kernel frees even after kill -9. That tells the dead from the
 * living at once, also where they are on other machines that share the disk or in containers that number their
 * processes alike.
 *
 * @param root what must be there for it to be made anew, or for a failure to be the work's own; by default what `parent`
 * lies in.
 */
export async function openWorkDirectory(parent: string, root?: Root): Promise<WorkDirectory> {
  const above = root ?? (await openRoot(path.dirname(parent)));
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const directory = path.join(parent, randomUUID());
  // It gets its name when it is locked: another process that starts now would take it for abandoned.
  const unlocks = [lockDirectory(directory + DRAFT)];
  await rename(directory + DRAFT, directory);
  above.recogniseBy(directory);
  /** Somebody may have cleared it away under this process. */
  const beThere = async () => {
    const made = await above.makeFolder(directory).catch(async (error: unknown) => {
      const cause = await inTheWay(above.directory, directory, error);
      throw cause instanceof FolderTaken ? new StorageAway('The storage cannot be used', cause) : cause;
    });
    if (made !== undefined) unlocks.push(lockDirectory(directory));
  };

  return {
    async withPath(name, use) {
      await beThere();
      const file = path.join(directory, `${randomUUID()}${name}`);
      try {
        return await use(file);
      } catch (error) {
        throw await above.explain(error);
      } finally {
        // What was done with it may be paid for; what cannot be removed goes with the directory.
        await rm(file, { recursive: true, force: true }).catch(() => {});
      }
    },
    async freeBytes() {
      await beThere();
      const { bavail, bsize } = await statfs(directory);
      return bavail * bsize;
    },
    async close() {
      await rm(directory, { recursive: true, force: true });
      for (const unlock of unlocks) unlock();
    },
  };
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    const found = path.join(parent, entry.name);
    const lockable = entry.isDirectory() && !entry.name.endsWith(DRAFT);
    if (lockable) await removeUnlocked(found);
    else if (await isOld(found)) await rm(found, { recursive: true, force: true });
  }
}

async function removeUnlocked(directory: string): Promise<void> {
  let unlock: () => void;
  try {
    unlock = lockDirectory(directory);
  } catch (error) {
    if (error instanceof DirectoryInUseError) return;
    throw error;
  }
  await rm(directory, { recursive: true, force: true });
  unlock();
}

async function isOld(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > ABANDONED_MILLISECONDS;
}
