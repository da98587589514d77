/** Uploads in blocks, as the tus server sees them. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { blocksOf, endOf, LeaseLost, lastBlockOf } from '../../features/ingests/upload/blocks.ts';
import { keepPiece, type Piece } from '../../features/ingests/upload/keep-piece.ts';
import type { Ctx } from '../../platform/context.ts';
import { isRefusedByDisk } from '../../platform/storage/refusals.ts';
import { isForWantOfStorage } from '../../platform/storage/storage-away.ts';
import { askedChecksum } from './asked-checksum.ts';
import { matches, mismatch } from './checksum.ts';
import { EXTENSIONS } from './extensions.ts';
import { diskFull, Refused, storageAway } from './refused.ts';

type Doing = Pick<Ctx, 'db' | 'storage'>;

/** What tus clients come again after. */
const LOCKED = 423;

/** Rows tell how much is here: the storage is asked for nothing but to take and give blocks. */
export class BlockStore extends DataStore {
  readonly #ctx: Doing;
  readonly #holderOf: (id: string) => string;

  /** @param holderOf who of this process has the upload. */
  constructor(ctx: Doing, holderOf: (id: string) => string) {
    super();
    this.#ctx = ctx;
    this.#holderOf = holderOf;
    this.extensions = [...EXTENSIONS];
  }

  override async getUpload(id: string): Promise<Upload> {
    const { db } = this.#ctx;
    const row = await db.upload.findUnique({ where: { id } });
    if (!row) throw ERRORS.FILE_NOT_FOUND;
    const offset = endOf(await lastBlockOf(db, id));
    return new Upload({
      id,
      size: Number(row.sizeBytes),
      offset,
      creation_date: row.createdAt.toISOString(),
    });
  }

  override async write(readable: Readable, id: string): Promise<number> {
    const holder = this.#holderOf(id);
    const row = await this.#ctx.db.upload.findUnique({ where: { id } });
    if (!row) throw ERRORS.FILE_NOT_FOUND;
    const { workspaceId } = row;
    return keepPiece(this.#ctx, { id, workspaceId, holder, check: checkOf() }, readable).catch(
      (error: unknown) => {
        if (isForWantOfStorage(error)) throw storageAway();
        if (isRefusedByDisk(error)) throw diskFull();
        if (error instanceof LeaseLost) throw new Refused(LOCKED, 'Another request goes on with the upload.');
        throw error;
      },
    );
  }

  override async remove(id: string): Promise<void> {
    const { db, storage } = this.#ctx;
    const blocks = await blocksOf(db, id);
    const { count } = await db.upload.deleteMany({ where: { id, heldBy: this.#holderOf(id) } });
    if (count === 0) throw ERRORS.FILE_NOT_FOUND;
    // What is not removed now are strays.
    await storage.remove(...blocks.map(({ filePath }) => filePath)).catch(() => {});
  }
}

function checkOf(): Piece['check'] {
  const checksum = askedChecksum();
  if (!checksum) return null;
  const hash = createHash(checksum.algorithm);
  return {
    take: (chunk) => hash.update(chunk),
    throwIfWrong() {
      if (!matches(hash, checksum)) throw mismatch();
    },
  };
}
