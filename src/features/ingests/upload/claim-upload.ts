/** Before an upload is brought in: whether all of it is here. */
import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { Upload } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { visibleUploads } from './upload.ts';
import { placeOfUploads } from './place-of-uploads.ts';

/**
 * Has a whole upload stay while a run brings it in.
 *
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` if it is not whole; both name `uploadId`.
 */
export async function claimUpload(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const touched = { where: { id, ...visibleUploads(ctx.actor) }, data: { touchedAt: new Date() } };
  // Held until `tx` ends: upkeep leaves it then, for a run names it.
  const { count } = await tx.upload.updateMany(touched);
  if (count === 0)
    throw new DomainError('NOT_FOUND', 'There is no such upload; it may have expired.', {
      path: ['uploadId'],
    });
  const upload = await tx.upload.findUniqueOrThrow({ where: { id } });
  const received = await settle(tx, ctx, upload);
  if (received === upload.sizeBytes) return;
  const message = `Must be an upload of which all is here; of this one, ${received} of ${upload.sizeBytes} bytes are.`;
  throw new InvalidInputError([{ path: ['uploadId'], message }]);
}

/** The process that took the last bytes may have died before it wrote so: where they lie tells. */
async function settle(tx: Tx, ctx: Ctx, { id, sizeBytes, receivedBytes }: Upload): Promise<bigint> {
  if (receivedBytes === sizeBytes) return receivedBytes;
  // Whoever has it may still find that a checksum is wrong.
  const bytes = await placeOfUploads(ctx).settledBytes(tx, id);
  if (bytes === null || bytes === receivedBytes) return receivedBytes;
  await tx.upload.update({ where: { id }, data: { receivedBytes: bytes } });
  return bytes;
}
