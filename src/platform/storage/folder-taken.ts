import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StorageAway } from './storage-away.ts';

/** A file lies where a folder has to be: what was below it cannot be reached, and nothing says that it is gone. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken';
  /** As the system calls it. */
  readonly code = 'ENOTDIR';
  /** Absolute path of what lies there. */
  readonly obstacle: string;

  /** Clients are told the folder's name; who runs the server finds its path in the cause. */
  constructor(obstacle: string, cause: unknown) {
    super(`ENOTDIR: a file lies where the folder ${path.basename(obstacle)} has to be`, { cause });
    this.obstacle = obstacle;
  }
}

const OF_FOLDERS = new Set(['ENOTDIR', 'EEXIST']);

/**
 * What stands in the way to a file, or to a folder, below `root`.
 *
 * @param error the system's, of work with it.
 * @returns `error` as it is, where none of the folders that lead there is a file.
 */
export async function inTheWay(root: string, file: string, error: unknown): Promise<unknown> {
  if (!OF_FOLDERS.has((error as NodeJS.ErrnoException).code ?? '')) return error;
  const names = path.relative(root, file).split(path.sep);
  for (let depth = 0; depth <= names.length; depth += 1) {
    const folder = path.join(root, ...names.slice(0, depth));
    const found = await stat(folder).catch(() => null);
    if (!found) break;
    if (!found.isDirectory()) return new FolderTaken(folder, error);
  }
  return error;
}

/** The same, where it is the storage's own folder that something lies in the place of: then it can take nothing at all. */
export async function whereAway(root: string, file: string, error: unknown): Promise<unknown> {
  const cause = await inTheWay(root, file, error);
  return cause instanceof FolderTaken && cause.obstacle === root
    ? new StorageAway('The storage cannot be used', cause)
    : cause;
}
