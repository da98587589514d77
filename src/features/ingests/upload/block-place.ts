/** Uploads that lie in blocks among the files of the storage: whichever machine comes, it finds them. */
import type { Ctx } from '../../../platform/context.ts';
import { blocksOf, endOf, lastBlockOf } from './blocks.ts';
import { isHeld } from './lease.sql.ts';
import { takeBlocks } from './take-blocks.ts';
import type { UploadPlace } from './upload-place.ts';

export const blockPlace = (ctx: Pick<Ctx, 'db' | 'storage'>): UploadPlace => ({
  // What a row names has come, and agreed with its checksum.
  settledBytes: async (tx, id) => BigInt(endOf(await lastBlockOf(tx, id))),
  take: (id, taking) => takeBlocks(ctx, id, taking),
  async end(tx, id) {
    if (await isHeld(tx, id)) return null;
    const blocks = await blocksOf(tx, id);
    await tx.upload.delete({ where: { id } });
    return blocks.map(({ filePath }) => filePath);
  },
  // They are strays as any file is that no row names.
  clearStrays: async () => 0,
  // A bucket has no end, and the disk of the machine that takes pieces needs none of it.
  freeBytes: async () => Number.MAX_SAFE_INTEGER,
});
