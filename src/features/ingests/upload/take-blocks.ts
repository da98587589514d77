/** An upload in blocks, as one file on this machine. */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { DomainError } from '../../../core/errors.ts';
import type { UploadBlock } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { FileGone } from '../../../platform/storage/file-gone.ts';
import { requireFilm } from '../source/require-film.ts';
import { HEAD_BYTES, refused } from '../source/sniff.ts';
import { blocksOf, endOf } from './blocks.ts';
import type { Taking } from './upload-place.ts';

/** Blocks fetched at a time: some 32 MB; ours. */
const AT_ONCE = 8;

type Doing = Pick<Ctx, 'db' | 'storage'>;

/**
 * Fetches the blocks of a whole upload, and goes on after those that an earlier try has put there.
 *
 * @throws {DomainError} `SOURCE_FAILED` if it is gone, or no film; `INSUFFICIENT_DISK`.
 * @throws {StorageAway}
 */
export async function takeBlocks({ db, storage }: Doing, id: string, taking: Taking): Promise<void> {
  const blocks = await blocksOf(db, id);
  const upload = await db.upload.findUnique({ where: { id } });
  const sizeBytes = endOf(blocks.at(-1) ?? null);
  if (!upload || sizeBytes !== Number(upload.sizeBytes)) throw refused('the upload has expired');
  // Append would ignore where a block begins; `r+` does not make a file.
  await (await open(taking.toFile, 'a')).close();
  await using file = await open(taking.toFile, 'r+');
  const { size } = await file.stat();
  const rest = blocks.filter((block) => endOf(block) > size);
  if ((await storage.freeBytes()) < sizeBytes - size)
    throw new DomainError('INSUFFICIENT_DISK', 'The disk has too little room for the film; free some space.');
  for (let at = 0; at < rest.length; at += AT_ONCE) {
    taking.signal.throwIfAborted();
    const some = rest.slice(at, at + AT_ONCE);
    await fetchInto(storage, file, some);
    taking.onProgress(endOf(some.at(-1) ?? null) / sizeBytes);
  }
}

async function fetchInto(
  storage: Doing['storage'],
  file: FileHandle,
  blocks: readonly UploadBlock[],
): Promise<void> {
  const keys = blocks.map(({ filePath }) => filePath);
  const write = async (paths: string[]) => {
    for (const [index, { firstByte, sizeBytes }] of blocks.entries()) {
      const bytes = await readFile(paths[index] ?? '');
      if (bytes.length !== sizeBytes) throw refused('a part of the upload is not what came');
      if (firstByte === 0n) requireFilm(bytes.subarray(0, HEAD_BYTES));
      await file.write(bytes, 0, bytes.length, Number(firstByte));
    }
  };
  await storage.withFiles(keys, write).catch((error: unknown) => {
    throw error instanceof FileGone ? refused('a part of the upload is gone from the storage') : error;
  });
}
