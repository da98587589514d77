import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { DirectoryInUseError, lockDirectory } from '../database/directory-lock.ts';
import { openRoot, type Root } from './root.ts';
import { checkedKey } from './storage-key.ts';

/** Where files from outside lie on this machine while they come. They stay when the process dies, so that another goes on. */
export type Incoming = {
  /**
   * Hands out the folder of a name, to this process alone. It goes when `use` is done with it, and stays when that fails.
   *
   * @throws {DirectoryInUseError} if another process has it.
   */
  withFolder<Result>(name: string, use: (folder: string) => Promise<Result>): Promise<Result>;
  /** Removes a folder unless somebody has it; absent is fine. */
  remove(name: string): Promise<void>;
  /** Names of all that there are. */
  list(): Promise<string[]>;
};

/** Opens a directory for them; it is made when the first comes. Several processes may share one. */
export async function openIncoming(directory: string, root?: Root): Promise<Incoming> {
  const above = root ?? (await openRoot(path.dirname(directory)));
  const pathOf = (name: string) => path.join(directory, encodeURIComponent(checkedKey(name)));
  return {
    async withFolder(name, use) {
      const folder = pathOf(name);
      await above.makeFolder(folder);
      const unlock = lockDirectory(folder);
      try {
        const result = await use(folder);
        await rm(folder, { recursive: true, force: true });
        return result;
      } catch (error) {
        throw await above.explain(error);
      } finally {
        unlock();
      }
    },
    async remove(name) {
      const folder = pathOf(name);
      await above.demand();
      if (!(await namesIn(directory)).includes(path.basename(folder))) return;
      let unlock: () => void;
      try {
        unlock = lockDirectory(folder);
      } catch (error) {
        if (error instanceof DirectoryInUseError) return;
        throw error;
      }
      await rm(folder, { recursive: true, force: true });
      unlock();
    },
    list: async () => (await namesIn(directory)).map((name) => decodeURIComponent(name)),
  };
}

const namesIn = (directory: string): Promise<string[]> =>
  readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
