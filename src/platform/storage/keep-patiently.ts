import { existsSync } from 'node:fs';
import { throughRefusals } from './refusals.ts';
import type { Storage } from './storage.ts';

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
    mayPass: () => existsSync(temporaryFile),
    signal,
  });
