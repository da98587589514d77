import { mkdir, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../../core/errors.ts';
import { FolderTaken } from './folder-taken.ts';
import { tellsOfNoFolder } from './refusals.ts';
import { StorageAway, StorageMissed } from './storage-away.ts';

/** The folder that all files of this machine lie below, as it was when it was opened. It is made then, and never again. */
export type Root = {
  /** Absolute. */
  readonly directory: string;
  /** Takes any folder in its place for it that has `folder` in it, which nobody else makes. */
  recogniseBy(folder: string): void;
  /** @throws {StorageAway} if it is not there now, or what is there is not it. */
  demand(): Promise<void>;
  /**
   * What the failure of work with files below it is for the engine: a {@link StorageAway} if it is for want of it, a
   * {@link StorageMissed} if it may have been.
   */
  explain(error: unknown): Promise<unknown>;
  /**
   * Makes a folder below it, and those that lead there.
   *
   * @returns the first that was made; undefined if all were there.
   * @throws {StorageAway} as `demand` does; {Error} with the system's code if it cannot be made.
   */
  makeFolder(folder: string): Promise<string | undefined>;
};

/**
 * Opens a folder, and makes it if it is not there.
 *
 * It may go while the process runs, as when a disk is unmounted, and what is in its place then is empty: nothing of it
 * says that a file is gone, and what would be put there would be found by nobody.
 *
 * @throws {Error} with the system's code if it cannot be made.
 */
export async function openRoot(folder: string): Promise<Root> {
  const directory = path.resolve(folder);
  await mkdir(directory, { recursive: true });
  // Not the device's: the same disk may have another one once it is mounted again.
  let inode = (await stat(directory, { bigint: true })).ino;
  let mark: string | null = null;
  let making = 0;

  async function whyAway(cause?: unknown): Promise<StorageAway | null> {
    const found = await stat(directory, { bigint: true }).catch((error: NodeJS.ErrnoException) => error);
    if (found instanceof Error)
      return found.code === 'ENOENT' ? away(directory, 'is not there', found) : unusable(found);
    if (!found.isDirectory()) return unusable(new FolderTaken(directory, cause));
    if (found.ino === inode) return null;
    // Some network disks number their files anew when they are mounted. While a folder is made, the mark may be one that
    // was made a moment ago in what has taken the root's place.
    if (making > 0 || mark === null || !(await isThere(mark))) return another(directory, cause);
    inode = found.ino;
    return null;
  }

  const root: Root = {
    directory,
    recogniseBy(its) {
      mark = its;
    },
    async demand() {
      const why = await whyAway();
      if (why) throw why;
    },
    async explain(error) {
      if (!mayBeForWant(error)) return error;
      const why = await whyAway(error);
      if (why) return why;
      return error instanceof DomainError && tellsOfNoFolder(error) ? new StorageMissed(error) : error;
    },
    async makeFolder(its) {
      await root.demand();
      making += 1;
      try {
        const firstMade = await makeBelow(directory, its);
        if ((await stat(directory, { bigint: true })).ino === inode) return firstMade;
        await removeEmpty(directory, its);
        throw another(directory);
      } catch (error) {
        throw await root.explain(error);
      } finally {
        making -= 1;
      }
    },
  };
  return root;
}

const unusable = (cause: unknown) => new StorageAway('The storage cannot be used', cause);

/** Clients are told the folder's name; who runs the server knows where it is. */
const away = (directory: string, why: string, cause: unknown) =>
  unusable(new Error(`the folder ${path.basename(directory)} ${why}`, { cause }));

const another = (directory: string, cause?: unknown) =>
  away(directory, 'is another one than when this process started', cause);

const isThere = (folder: string) =>
  stat(folder).then(
    () => true,
    () => false,
  );

/** What the system or the media say. All other errors have a meaning of their own, which may be money. */
const mayBeForWant = (error: unknown): boolean =>
  error instanceof DomainError
    ? error.constructor === DomainError && (error.code === 'MEDIA_FAILED' || mayBeForWant(error.cause))
    : error instanceof Error && 'syscall' in error;

/** Takes back what was made in what had taken the root's place, by whoever of this process; what holds something stays. */
async function removeEmpty(root: string, folder: string): Promise<void> {
  for (let made = folder; made !== root; made = path.dirname(made)) await rmdir(made).catch(() => {});
}

/** Recursive, as the system's is, but for the root: it may go at any moment, and must not come back empty. */
async function makeBelow(root: string, folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return undefined;
    if (code !== 'ENOENT' || path.dirname(folder) === root) throw error;
  }
  const firstMade = await makeBelow(root, path.dirname(folder));
  return (await makeBelow(root, folder)) === undefined ? firstMade : (firstMade ?? folder);
}
