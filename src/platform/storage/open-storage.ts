import { openLocalStorage } from './local-storage.ts';
import { filesDirectory, parseStorageUrl } from './storage-url.ts';
import type { Storage } from './storage.ts';

export type StorageOptions = {
  /** As in setting `VIDPIPE_STORAGE_URL`; null for the folder `files` in `dataDir`. */
  url: string | null;
  /** Holds the work in progress too, where files are kept elsewhere. */
  dataDir: string;
};

/**
 * Opens the storage at an address and removes what processes that died left half-done on this machine.
 *
 * @throws {StorageUnreachableError} if a bucket cannot be listed.
 * @throws {Error} if `url` is no storage address or a folder cannot be written.
 */
export async function openStorage({ url, dataDir }: StorageOptions): Promise<Storage> {
  const directory = filesDirectory({ storageUrl: url, dataDir });
  if (directory !== null) return openLocalStorage(directory);
  const address = url === null ? null : parseStorageUrl(url);
  if (!address || address.kind === 'LOCAL') throw new Error('This is no storage address.');
  // Loaded here: the clients of the clouds are large, and most installations need none.
  const { openRemoteStorage } = await import('./remote-storage.ts');
  return openRemoteStorage(address, dataDir);
}
