/** Where pieces go, and who may send them. */
import { mkdir, open } from 'node:fs/promises';
import type { DataStore, Locker } from '@tus/server';
import {
  bytesOf,
  fileOf,
  folderOf,
  type UploadsFolder,
} from '../../features/ingests/upload/upload-folder.ts';
import type { Ctx } from '../../platform/context.ts';
import { isRefusedByDisk } from '../../platform/storage/refusals.ts';
import { isForWantOfStorage } from '../../platform/storage/storage-away.ts';
import { BlockStore } from './block-store.ts';
import { LeaseLocker } from './lease-locker.ts';
import { diskFull, storageAway } from './refused.ts';
import { storeIdOf } from './store-id.ts';
import { UploadLocker } from './upload-locker.ts';
import { UploadStore } from './upload-store.ts';

type Doing = Pick<Ctx, 'db' | 'storage'>;

export type PieceStore = {
  datastore: DataStore;
  locker: Locker;
  /** How the datastore and the locker know an upload. */
  idOf: (id: string) => string;
  /**
   * Makes it ready for its first request: an upload is a row alone until then.
   *
   * @throws {Refused} 503 if the storage is away; 507 if the disk is full.
   */
  prepare: (id: string) => Promise<void>;
};

/** On the disk that all share who keep their files in a folder; among the files where those are in a bucket. */
export function pieceStore(ctx: Doing): PieceStore {
  const { uploadsFolder } = ctx.storage;
  return uploadsFolder === null ? inBlocks(ctx) : inFolder(ctx, { uploadsFolder });
}

function inBlocks(ctx: Doing): PieceStore {
  const locker = new LeaseLocker(ctx);
  const datastore = new BlockStore(ctx, (id) => locker.holderOf(id));
  return { datastore, locker, idOf: (id) => id, prepare: async () => {} };
}

const inFolder = (ctx: Doing, where: UploadsFolder): PieceStore => ({
  datastore: new UploadStore(ctx, where),
  locker: new UploadLocker(where),
  idOf: (id) => storeIdOf(where, id),
  async prepare(id) {
    if ((await bytesOf(where, id)) !== null) return;
    await ctx.storage.check().catch((error: unknown) => {
      throw isForWantOfStorage(error) ? storageAway() : error;
    });
    try {
      await mkdir(folderOf(where, id), { recursive: true });
      await (await open(fileOf(where, id), 'a')).close();
    } catch (error) {
      throw isRefusedByDisk(error) ? diskFull() : error;
    }
  },
});
