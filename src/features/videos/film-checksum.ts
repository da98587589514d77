/** Checksums of films: an archive tells their CRC-32 before their bytes, and by SHA-256 a film that comes back is known. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PrismaClient, Video } from '../../generated/prisma/client.ts';
import type { Storage } from '../../platform/storage/storage.ts';

/** Pure; as ZIP archives have it. Stops where the bytes do, and with `signal`. */
export async function crc32Of(bytes: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
  let sum = 0;
  for await (const chunk of bytes) {
    signal?.throwIfAborted();
    sum = crc32(chunk, sum);
  }
  return sum;
}

/** Both of a film that was just made, reading it once; the SHA-256 in hexadecimal. */
export async function checksumsOf(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<{ crc32: number; sha256: string }> {
  const hash = createHash('sha256');
  async function* hashed() {
    for await (const chunk of bytes) {
      hash.update(chunk);
      yield chunk;
    }
  }
  const sum = await crc32Of(hashed(), signal);
  return { crc32: sum, sha256: hash.digest('hex') };
}

type Film = Pick<Video, 'id' | 'filePath' | 'crc32'>;

/**
 * The checksum of a film; of one that was made before it was kept, the whole file is read, once, and it is kept then.
 *
 * @throws what the storage throws that does not give the file.
 */
export async function checksumOfFilm(
  { db, storage }: { db: PrismaClient; storage: Pick<Storage, 'read'> },
  { id, filePath, crc32: known }: Film,
  signal: AbortSignal,
): Promise<number> {
  if (known !== null) return Number(known);
  const sum = await crc32Of(await storage.read(filePath), signal);
  await db.video.updateMany({ where: { id, filePath }, data: { crc32: sum } });
  return sum;
}
