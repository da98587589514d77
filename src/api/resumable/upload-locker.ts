/** One request at a time writes an upload, whichever process of the machine it reaches. */
import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';
import { folderOf, lockUpload, type UploadsFolder } from '../../features/ingests/upload/upload-folder.ts';
import { idOfStore } from './store-id.ts';

/** Longest wait for whoever has it; ours. A client tries again after that. */
const PATIENCE_MILLISECONDS = 20_000;
const LOOK_MILLISECONDS = 50;
/** How often whoever has it looks whether another wants it. */
const HEED_MILLISECONDS = 250;
/** A wish that is older is of somebody who has gone. */
const WISH_MILLISECONDS = 2_000;

/** Hands out uploads by the kernel's lock on a file in their folder, which goes with the process; a wish is a file beside it. */
export class UploadLocker implements Locker {
  readonly #where: UploadsFolder;

  constructor(where: UploadsFolder) {
    this.#where = where;
  }

  newLock(storeId: string): Lock {
    const id = idOfStore(storeId);
    const wish = path.join(folderOf(this.#where, id), 'wanted');
    let release: (() => void) | null = null;
    return {
      lock: async (signal, requestRelease) => {
        const unlock = await this.#wait(id, wish, signal);
        await rm(wish, { force: true });
        const heeding = setInterval(() => void heed(wish, requestRelease), HEED_MILLISECONDS);
        heeding.unref();
        release = () => {
          clearInterval(heeding);
          unlock();
        };
      },
      unlock: async () => {
        release?.();
        release = null;
      },
    };
  }

  async #wait(id: string, wish: string, signal: AbortSignal): Promise<() => void> {
    const end = performance.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const unlock = lockUpload(this.#where, id);
      if (unlock) return unlock;
      if (signal.aborted || performance.now() > end) throw ERRORS.ERR_LOCK_TIMEOUT;
      await makeWish(wish);
      await delay(LOOK_MILLISECONDS);
    }
  }
}

/** The folder may go meanwhile: then there is nothing to wish for. */
async function makeWish(wish: string): Promise<void> {
  await writeFile(wish, '').catch(() => {});
  await utimes(wish, new Date(), new Date()).catch(() => {});
}

async function heed(wish: string, requestRelease: RequestRelease): Promise<void> {
  const found = await stat(wish).catch(() => null);
  if (found && Date.now() - found.mtimeMs < WISH_MILLISECONDS) await requestRelease();
}
