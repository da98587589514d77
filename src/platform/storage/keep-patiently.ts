import { existsSync } from 'node:fs';
import { throughRefusals } from './refusals.ts';
import { StorageAway } from './storage-away.ts';
import type { Storage } from './storage.ts';

/** Something else lies where the file has to be, or its name is none: time does not mend it. */
const IN_THE_WAY = new Set(['EEXIST', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL']);

/**
 * Keeps a finished file, again while the storage refuses it or is away, for three minutes and as long as the file is
 * there: what was made for money, or in minutes, is not made anew for it.
 *
 * @param signal ends the waiting.
 */
export const keepPatiently = (
  storage: Pick<Storage, 'keep'>,
  temporaryFile: string,
  key: string,
  signal?: AbortSignal,
): Promise<void> =>
  throughRefusals(() => storage.keep(temporaryFile, key), {
    mayPass: (error) =>
      isAwayWithIt(error, temporaryFile) ||
      (existsSync(temporaryFile) && !IN_THE_WAY.has((error as NodeJS.ErrnoException).code ?? '')),
    signal,
  });

/** Work in progress lies below the same folder as what is kept: it comes back with it. */
const isAwayWithIt = (error: unknown, temporaryFile: string): boolean =>
  error instanceof StorageAway && !existsSync(temporaryFile);
