/** Uploads that lie on a disk. */
import { copyFile, link, open, rm } from 'node:fs/promises';
import type { Ctx } from '../../../platform/context.ts';
import { requireFilm } from '../source/require-film.ts';
import { HEAD_BYTES, refused } from '../source/sniff.ts';
import {
  bytesOf,
  fileOf,
  listUploads,
  lockUpload,
  removeUpload,
  type UploadsFolder,
} from './upload-folder.ts';
import type { UploadPlace } from './upload-place.ts';

export const folderPlace = (
  { db, storage }: Pick<Ctx, 'db' | 'storage'>,
  where: UploadsFolder,
): UploadPlace => ({
  async settledBytes(_tx, id) {
    if ((await bytesOf(where, id)) === null) return null;
    const unlock = lockUpload(where, id);
    if (!unlock) return null;
    try {
      return BigInt((await bytesOf(where, id)) ?? 0);
    } finally {
      unlock();
    }
  },
  take: (id, { toFile }) => linkTo(fileOf(where, id), toFile),
  async end(tx, id) {
    if (!(await removeUpload(where, id))) return null;
    await tx.upload.delete({ where: { id } });
    return [];
  },
  async clearStrays() {
    const folders = await listUploads(where);
    const known = await db.upload.findMany({ where: { id: { in: folders } }, select: { id: true } });
    const rows = new Set(known.map(({ id }) => id));
    const strays = folders.filter((id) => !rows.has(id));
    // What is away is not empty.
    if (strays.length > 0) await storage.check();
    let removed = 0;
    for (const id of strays) if (await removeUpload(where, id)) removed += 1;
    return removed;
  },
  freeBytes: () => storage.freeBytes(),
});

/** What disks answer that know no links, or of two disks. */
const WITHOUT_LINKS = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Links it, or copies it. */
async function linkTo(file: string, toFile: string): Promise<void> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle)
    throw refused('the upload has expired, or lies on another machine than the worker that brings it in');
  await using opened = handle;
  const { buffer, bytesRead } = await opened.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  requireFilm(buffer.subarray(0, bytesRead));
  await rm(toFile, { force: true });
  await link(file, toFile).catch(async (error: NodeJS.ErrnoException) => {
    if (!WITHOUT_LINKS.has(error.code ?? '')) throw error;
    await copyFile(file, toFile);
  });
}
