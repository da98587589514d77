import { chmodSync, mkdirSync } from 'node:fs';

const FOLDER = 0o700;
const FILE = 0o600;

/** A disk that knows no modes or takes no change, or what another user has: it stays as whoever set it up wanted it. */
const LEFT_ALONE = new Set(['EPERM', 'EROFS', 'ENOTSUP', 'ENOSYS']);

/**
 * Makes a folder that nobody but this process's user enters, and closes one that is there already: what lies in it is
 * theirs alone, whatever its own mode.
 */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER });
  close(folder, FOLDER);
}

/** Lets nobody but its user read and write a file that is there. */
export const closeFile = (file: string): void => close(file, FILE);

function close(place: string, mode: number): void {
  try {
    chmodSync(place, mode);
  } catch (error) {
    if (!LEFT_ALONE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
