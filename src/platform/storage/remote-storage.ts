import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type Files, FilesError } from 'files-sdk';
import mime from 'mime';
import { BRIEF, openBucket } from './bucket.ts';
import { FileGone } from './file-gone.ts';
import { openIncoming } from './incoming.ts';
import { openShelf } from './shelf.ts';
import { checkedKey } from './storage-key.ts';
import { throwNotRead } from './storage-away.ts';
import { StorageUnreachableError } from './storage-unreachable.ts';
import type { GcsAddress, S3Address } from './storage-url.ts';
import type { ByteRange, Storage } from './storage.ts';
import { openWorkDirectory } from './work-directory.ts';

/** Keys removed with one request; S3 takes no more. */
const REMOVED_AT_ONCE = 1_000;

/**
 * Opens a bucket as storage; work in progress, fetched copies and what the bucket refuses lie below `dataDir` on this
 * machine.
 *
 * @throws {StorageUnreachableError} if the bucket cannot be listed.
 */
export async function openRemoteStorage(address: S3Address | GcsAddress, dataDir: string): Promise<Storage> {
  const location = `${address.kind === 'S3' ? 's3' : 'gs'}://${path.posix.join(address.bucket, address.prefix)}`;
  const bucket = await openBucket(address).catch((error: unknown) => {
    throw new StorageUnreachableError(location, error);
  });
  const check = async () => {
    await bucket.list({ limit: 1, ...BRIEF }).catch((error: unknown) => {
      throw new StorageUnreachableError(location, error);
    });
  };
  await check();
  const work = await openWorkDirectory(path.join(dataDir, 'work'));
  const shelf = await openShelf(path.join(dataDir, 'shelf'));
  const incoming = await openIncoming(path.join(dataDir, 'incoming'));

  const storage: Storage = {
    isNew: false,
    withFiles: (keys, use) =>
      work.withPath('', async (folder) => {
        await mkdir(folder);
        const paths = keys.map((key, index) => path.join(folder, `${index}${path.extname(key)}`));
        // All of them end before the folder goes, also after one has failed.
        const fetched = keys.map((key, index) => fetchTo(bucket, key, paths[index] ?? ''));
        await Promise.allSettled(fetched);
        await Promise.all(fetched);
        return use(paths);
      }),
    withTemporary: (extension, use) => work.withPath(`.${extension}`, use),
    async keep(temporaryFile, key) {
      await upload(bucket, temporaryFile, checkedKey(key));
      await rm(temporaryFile);
    },
    shelf,
    incoming,
    uploadsFolder: null,
    async remove(...keys) {
      await shelf.remove(...keys);
      await removeAll(bucket, keys.map(checkedKey));
    },
    size: async (key) => (await storage.stat(key))?.sizeBytes ?? null,
    async stat(key) {
      const found = await bucket.head(checkedKey(key), BRIEF).catch(absent);
      if (!found) return null;
      const { size, lastModified = 0, etag } = found;
      const tag = etag ?? `${size.toString(16)}-${lastModified.toString(16)}`;
      return { key, sizeBytes: size, modifiedAt: new Date(lastModified), etag: `"${tag}"` };
    },
    read: (key, range) => readStream(bucket, checkedKey(key), range),
    async *list(prefix) {
      const below = prefix === '' ? {} : { prefix: `${checkedKey(prefix)}/` };
      for await (const { key, size, lastModified = 0 } of bucket.listAll({ ...below, ...BRIEF })) {
        yield { key, sizeBytes: size, modifiedAt: new Date(lastModified) };
      }
    },
    freeBytes: () => work.freeBytes(),
    locationOf: (key) => `${location}/${checkedKey(key)}`,
    check,
    close: () => work.close(),
  };
  return storage;
}

function absent(error: unknown): null {
  if (error instanceof FilesError && error.code === 'NotFound') return null;
  throw error;
}

async function fetchTo(bucket: Files, key: string, file: string): Promise<void> {
  const body = await readStream(bucket, checkedKey(key)).catch(absent).catch(throwNotRead);
  if (!body) throw new FileGone(key);
  await pipeline(body, createWriteStream(file)).catch(throwNotRead);
}

async function readStream(bucket: Files, key: string, range?: ByteRange): Promise<Readable> {
  const found = await bucket.download(key, { as: 'stream', ...(range && { range }) });
  return Readable.fromWeb(found.stream() as ReadableStream);
}

/** In parts, so that a film of any length goes through little memory and a lost part is sent again alone. */
async function upload(bucket: Files, file: string, key: string): Promise<void> {
  const source = createReadStream(file);
  try {
    const contentType = mime.getType(key) ?? 'application/octet-stream';
    const body = Readable.toWeb(source) as globalThis.ReadableStream<Uint8Array>;
    await bucket.upload(key, body, { multipart: true, contentType });
  } finally {
    source.destroy();
  }
}

async function removeAll(bucket: Files, keys: string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += REMOVED_AT_ONCE) {
    const { errors = [] } = await bucket.delete(keys.slice(start, start + REMOVED_AT_ONCE));
    for (const { error } of errors) absent(error);
  }
}
