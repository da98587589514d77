/** The files of uploads, and the rows that tell how much of them is here. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Configstore, FileStore } from '@tus/file-store';
import { ERRORS, Upload } from '@tus/server';
import { bytesOf, fileOf, type UploadsFolder } from '../../features/ingests/upload/upload-folder.ts';
import type { Ctx } from '../../platform/context.ts';
import { isRefusedByDisk } from '../../platform/storage/refusals.ts';
import { askedChecksum } from './asked-checksum.ts';
import { type Checksum, matches, mismatch } from './checksum.ts';
import { EXTENSIONS } from './extensions.ts';
import { diskFull } from './refused.ts';
import { aboveUploads, idOfStore } from './store-id.ts';

type Doing = Pick<Ctx, 'db'>;

/** On a disk: writes pieces at their offset. A piece whose checksum is wrong is taken back whole, also one that was cut. */
export class UploadStore extends FileStore {
  readonly #ctx: Doing;
  readonly #where: UploadsFolder;

  constructor(ctx: Doing, where: UploadsFolder) {
    super({ directory: aboveUploads(where), configstore: rowsOf(ctx) });
    this.#ctx = ctx;
    this.#where = where;
    this.extensions = [...EXTENSIONS];
  }

  override async write(readable: Readable, storeId: string, offset: number): Promise<number> {
    const id = idOfStore(storeId);
    const checksum = askedChecksum();
    try {
      if (!checksum) return await this.#append(readable, storeId, offset);
      return await this.#writeChecked(readable, storeId, offset, checksum);
    } finally {
      const receivedBytes = (await bytesOf(this.#where, id)) ?? 0;
      const data = { receivedBytes, touchedAt: new Date() };
      await this.#ctx.db.upload.updateMany({ where: { id }, data });
    }
  }

  /** As the store's own does, which keeps to itself that the disk is full. */
  async #append(readable: Readable, storeId: string, offset: number): Promise<number> {
    const file = createWriteStream(fileOf(this.#where, idOfStore(storeId)), {
      flags: 'r+',
      start: offset,
    });
    try {
      // Not the stream itself: it would be destroyed with the disk's words, and those told to the client.
      await pipeline(readable.iterator({ destroyOnReturn: false }), file);
    } catch (error) {
      throw isRefusedByDisk(error) ? diskFull() : ERRORS.FILE_WRITE_ERROR;
    }
    return offset + file.bytesWritten;
  }

  async #writeChecked(
    readable: Readable,
    storeId: string,
    offset: number,
    checksum: Checksum,
  ): Promise<number> {
    const hash = createHash(checksum.algorithm);
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    readable.once('error', (error) => counted.destroy(error));
    let isRight = false;
    try {
      const end = await this.#append(readable.pipe(counted), storeId, offset);
      isRight = matches(hash, checksum);
      if (isRight) return end;
    } finally {
      if (!isRight) await truncate(fileOf(this.#where, idOfStore(storeId)), offset);
    }
    throw mismatch();
  }
}

/** Nothing but the row says how long an upload is. */
const rowsOf = ({ db }: Doing): Configstore => ({
  async get(storeId) {
    const row = await db.upload.findUnique({ where: { id: idOfStore(storeId) } });
    if (!row) return undefined;
    const creation_date = row.createdAt.toISOString();
    return new Upload({ id: storeId, size: Number(row.sizeBytes), offset: 0, creation_date });
  },
  async set() {},
  async delete(storeId) {
    await db.upload.deleteMany({ where: { id: idOfStore(storeId) } });
  },
});
