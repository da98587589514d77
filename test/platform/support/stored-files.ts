import { writeFile } from 'node:fs/promises';
import type { Storage } from '../../../src/platform/storage/storage.ts';
import type { ListedFile } from '../../../src/platform/storage/listed-file.ts';

/** Keeps a file with this content. */
export const putFile = (storage: Storage, key: string, content: string | Uint8Array) =>
  storage.withTemporary('txt', async (file) => {
    await writeFile(file, content);
    await storage.keep(file, key);
  });

/** What lies below a prefix, in no order. */
export async function filesOf(storage: Storage, prefix: string): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for await (const file of storage.list(prefix)) files.push(file);
  return files;
}

/** Keys of what lies below a prefix, sorted. */
export const keysOf = async (storage: Storage, prefix: string) =>
  (await filesOf(storage, prefix)).map(({ key }) => key).toSorted();
