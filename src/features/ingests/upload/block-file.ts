/** A block on its way: a file on this machine's disk until it is put into the storage. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Storage } from '../../../platform/storage/storage.ts';
import { StorageAway } from '../../../platform/storage/storage-away.ts';

/** Little enough to be put with one request, and to be sent again; ours. 20 GB are 4,769 of them. */
export const BLOCK_BYTES = 4 * 1_024 * 1_024;

/** Takes bytes until it is full, is put under a key, and is then empty again. */
export class BlockFile {
  readonly #storage: Pick<Storage, 'keep'>;
  readonly #file: string;
  #handle: FileHandle | null = null;
  bytes = 0;

  constructor(storage: Pick<Storage, 'keep'>, file: string) {
    this.#storage = storage;
    this.#file = file;
  }

  /** @returns what does not go in any more. */
  async fill(chunk: Buffer): Promise<Buffer> {
    this.#handle ??= await open(this.#file, 'w');
    const fitting = chunk.subarray(0, BLOCK_BYTES - this.bytes);
    await this.#handle.writeFile(fitting);
    this.bytes += fitting.length;
    return chunk.subarray(fitting.length);
  }

  get isFull(): boolean {
    return this.bytes >= BLOCK_BYTES;
  }

  /** @throws {StorageAway} if the storage does not take it. */
  async put(key: string): Promise<void> {
    await this.close();
    await this.#storage.keep(this.#file, key).catch((error: unknown) => {
      throw new StorageAway('The storage takes no file', error);
    });
    this.bytes = 0;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }
}
