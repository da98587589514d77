import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The data directory is held by another process. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
}

/**
 * Takes the data directory for this process alone; two processes on one embedded database lose rows silently.
 *
 * The lock is SQLite's lock on a file, which the kernel frees even after kill -9.
 *
 * @returns a function that gives it back.
 * @throws {DirectoryInUseError} if another process has it.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const db = new DatabaseSync(path.join(directory, 'lock'), { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    throw new DirectoryInUseError(`${directory} is in use by another vidpipe process`, { cause });
  }
  return () => db.close();
}
