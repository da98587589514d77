/** An upload as a film to be brought in. */
import { copyFile, link, open, rm } from 'node:fs/promises';
import type { Storage } from '../../../platform/storage/storage.ts';
import { HEAD_BYTES, refused, sniff } from '../source/sniff.ts';
import { fileOf } from './upload-folder.ts';

/** What disks answer that know no links, or of two disks. */
const WITHOUT_LINKS = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Links a whole upload to `toFile`, or copies it; the upload stays, for a step that was killed is done again.
 *
 * @throws {DomainError} `SOURCE_FAILED` if it is not on this machine, or no film.
 */
export async function takeUpload(
  where: Pick<Storage, 'uploadsFolder'>,
  id: string,
  toFile: string,
): Promise<void> {
  const file = fileOf(where, id);
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle)
    throw refused('the upload has expired, or lies on another machine than the worker that brings it in');
  await using opened = handle;
  const { buffer, bytesRead } = await opened.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const found = sniff(buffer.subarray(0, bytesRead));
  if (found.kind !== 'FILM') throw refused(found.kind === 'PAGE' ? 'it is a page of the web' : found.why);
  await rm(toFile, { force: true });
  await link(file, toFile).catch(async (error: NodeJS.ErrnoException) => {
    if (!WITHOUT_LINKS.has(error.code ?? '')) throw error;
    await copyFile(file, toFile);
  });
}
