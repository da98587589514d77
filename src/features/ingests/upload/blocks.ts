/** Uploads that lie in the storage as files of a few megabytes each: bytes count once a row names them. */
import { newId } from '../../../core/ids.ts';
import { Prisma, type PrismaClient, type UploadBlock } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fileKeys } from '../../assets/file-keys.ts';
import { registerFiles } from '../../assets/named-files.sql.ts';
import { renewLease } from './lease.sql.ts';

registerFiles({
  type: 'Upload',
  noun: 'A part of an upload',
  rows: Prisma.sql`
    SELECT b.id, u.workspace_id, NULL::uuid AS project_id, b.file_path AS key, false AS is_current,
      b.created_at AS since
    FROM upload_blocks b JOIN uploads u ON u.id = b.upload_id`,
});

export type Block = Pick<UploadBlock, 'firstByte' | 'sizeBytes' | 'filePath'>;

/** Another request has the upload by now. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

type Reader = Pick<PrismaClient, 'uploadBlock'>;

/** In their order, without a gap. */
export const blocksOf = (db: Reader, uploadId: string): Promise<UploadBlock[]> =>
  db.uploadBlock.findMany({ where: { uploadId }, orderBy: { firstByte: 'asc' } });

export const lastBlockOf = (db: Reader, uploadId: string): Promise<UploadBlock | null> =>
  db.uploadBlock.findFirst({ where: { uploadId }, orderBy: { firstByte: 'desc' } });

/** Bytes of an upload, its last block being this one. */
export const endOf = (last: Pick<Block, 'firstByte' | 'sizeBytes'> | null): number =>
  last ? Number(last.firstByte) + last.sizeBytes : 0;

/** A key that no block had before: a request that has lost its lease overwrites nothing of the one that has it. */
export const newBlockKey = async ({ db }: Pick<Ctx, 'db'>, workspaceId: string): Promise<string> =>
  (await fileKeys(db)).keyOf(workspaceId, `upload-block:${newId()}`, 'part');

/**
 * Has blocks that were put count, in place of the one that the first of them begins with.
 *
 * @throws {LeaseLost} with nothing changed.
 */
export async function countBlocks(
  { db }: Pick<Ctx, 'db'>,
  held: { id: string; holder: string },
  blocks: readonly Block[],
): Promise<void> {
  const [first] = blocks;
  if (!first) return;
  await db.$transaction(async (tx) => {
    // The row is this transaction's from here on: nobody comes to have the upload before its end.
    if (!(await renewLease(tx, held))) throw new LeaseLost('Another request has the upload.');
    await tx.uploadBlock.deleteMany({ where: { uploadId: held.id, firstByte: { gte: first.firstByte } } });
    const rows = blocks.map((block) => ({ ...block, id: newId(), uploadId: held.id }));
    await tx.uploadBlock.createMany({ data: rows });
    const receivedBytes = BigInt(endOf(blocks.at(-1) ?? null));
    await tx.upload.update({ where: { id: held.id }, data: { receivedBytes, touchedAt: new Date() } });
  });
}
