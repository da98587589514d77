import { spawnSync } from 'node:child_process';
import { readdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll } from 'vitest';
import { temporaryFolder } from './temporary/folder.ts';

export type SmallDisk = {
  directory: string;
  /** Only root may mount one; without it nothing can be shown. */
  isMounted: boolean;
  /** Takes all room but so many bytes. */
  fillTo(freeBytes: number): Promise<void>;
  /** Gives it back. */
  clear(): Promise<void>;
  /** Files of work in progress. */
  temporaryFiles(): Promise<string[]>;
};

/** A disk of its own for a file of tests, as small as wanted: "3m". It goes with the tests. */
export function useSmallDisk(size: string): SmallDisk {
  const directory = temporaryFolder('disk');
  const isMounted =
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory]).status === 0;
  afterAll(() => {
    if (isMounted) spawnSync('umount', ['-l', directory]);
  });
  const filler = path.join(directory, 'somebody-else');
  const clear = () => rm(filler, { force: true });
  return {
    directory,
    isMounted,
    clear,
    async fillTo(freeBytes) {
      await clear();
      const { bsize, bavail } = await statfs(directory);
      await writeFile(filler, Buffer.alloc(Math.max(0, bsize * bavail - freeBytes)));
    },
    async temporaryFiles() {
      const found = await readdir(path.join(directory, '.temporary'), {
        recursive: true,
        withFileTypes: true,
      });
      return found.flatMap((entry) => (entry.isFile() && !entry.name.startsWith('lock') ? [entry.name] : []));
    },
  };
}
