/** Where uploads lie: a folder each, with the file and what tells who has it. */
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DirectoryInUseError, lockDirectory } from '../../../platform/database/directory-lock.ts';

export type UploadsFolder = { uploadsFolder: string };
type Where = UploadsFolder;

/** The file within an upload's folder. */
export const WHOLE = 'whole';

export const folderOf = ({ uploadsFolder }: Where, id: string): string => path.join(uploadsFolder, id);
export const fileOf = (where: Where, id: string): string => path.join(folderOf(where, id), WHOLE);

/** Bytes that are on the disk; null where nothing is. */
export async function bytesOf(where: Where, id: string): Promise<number | null> {
  try {
    return (await stat(fileOf(where, id))).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Takes an upload for this process's one request or task. The kernel frees it when the process dies.
 *
 * @returns what gives it back; null if somebody has it.
 */
export function lockUpload(where: Where, id: string): (() => void) | null {
  try {
    return lockDirectory(folderOf(where, id));
  } catch (error) {
    if (error instanceof DirectoryInUseError) return null;
    throw error;
  }
}

/**
 * Removes what came of an upload, unless somebody has it.
 *
 * @returns whether it is gone.
 */
export async function removeUpload(where: Where, id: string): Promise<boolean> {
  const unlock = lockUpload(where, id);
  if (!unlock) return false;
  await rm(folderOf(where, id), { recursive: true, force: true });
  unlock();
  return true;
}

/** Ids of all that lie there. */
export async function listUploads({ uploadsFolder }: Where): Promise<string[]> {
  try {
    return await readdir(uploadsFolder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
