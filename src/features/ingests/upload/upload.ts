/** Uploads in pieces: what is announced before the first byte comes. */
import { DomainError, type InputIssue, refuseIssues } from '../../../core/errors.ts';
import { newId } from '../../../core/ids.ts';
import type { Upload } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { ownedThrough } from '../../../platform/database/owned.ts';
import { makeOnce } from '../../idempotency/make-once.ts';
import { MAX_FILE_NAME_LENGTH, fileNameIssues } from './file-name.ts';
import { lockUploadsOf } from './lock-uploads.sql.ts';
import { placeOfUploads } from './place-of-uploads.ts';

/** Uploads that a workspace may have at once, those included that are not brought in yet; ours. */
export const MAX_UPLOADS = 20;
/** How long one is kept of which nothing more comes, and which no run brings in; ours. */
export const UPLOAD_KEPT_HOURS = 24;

/** What `actor` may see of them. */
export const visibleUploads = ownedThrough('Upload');

export type NewUpload = {
  fileName: string;
  sizeBytes: number;
  /** Asked again with it, the same upload is the answer. */
  idempotencyKey: string | null;
};

/**
 * Announces a film that comes in pieces; nothing lies anywhere yet.
 *
 * @throws {DomainError} `INVALID_INPUT` naming `fileName` or `sizeBytes`; `TOO_MANY_UPLOADS`; `INSUFFICIENT_DISK`; as
 * `makeOnce`.
 */
export async function createUpload(ctx: Ctx, input: NewUpload): Promise<Upload> {
  const { sizeBytes, idempotencyKey } = input;
  const fileName = input.fileName.trim();
  refuseIssues([
    ...fileNameIssues(fileName, MAX_FILE_NAME_LENGTH),
    ...sizeIssues(sizeBytes, ctx.ingest.mostBytes),
  ]);
  const freeBytes = await placeOfUploads(ctx).freeBytes();
  const make = async (tx: Tx) => {
    await requireRoom(tx, ctx.actor);
    if (freeBytes < sizeBytes)
      throw new DomainError('INSUFFICIENT_DISK', 'The disk of the server has too little room for this file.');
    const { workspaceId } = ctx.actor;
    return tx.upload.create({ data: { id: newId(), workspaceId, fileName, sizeBytes } });
  };
  const find = (tx: Tx, id: string) =>
    tx.upload.findUnique({ where: { id, AND: [visibleUploads(ctx.actor)] } });
  const asked = { createUpload: fileName, sizeBytes };
  return makeOnce(ctx, { asked, key: idempotencyKey }, { make, find });
}

function sizeIssues(sizeBytes: number, mostBytes: number): InputIssue[] {
  if (Number.isInteger(sizeBytes) && sizeBytes >= 1 && sizeBytes <= mostBytes) return [];
  const most = `${(mostBytes / 1e9).toLocaleString('en')} GB`;
  return [
    { path: ['sizeBytes'], message: `Must be the bytes of the file: at least 1, and at most ${most}.` },
  ];
}

async function requireRoom(tx: Tx, actor: Actor): Promise<void> {
  await lockUploadsOf(tx, actor.workspaceId);
  if ((await tx.upload.count({ where: visibleUploads(actor) })) < MAX_UPLOADS) return;
  throw new DomainError(
    'TOO_MANY_UPLOADS',
    `A workspace may have ${MAX_UPLOADS} uploads at once; bring them in, or end those that are no longer wanted.`,
  );
}
