import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** Bytes that are read at a time, and looked at to find out what a file is. */
export const CHUNK_BYTES = 64 * 1_024;

/** A file's bytes, in chunks. */
export const bytesOf = (file: string): AsyncIterable<Buffer> =>
  createReadStream(file, { highWaterMark: CHUNK_BYTES });

/** So many bytes of a file from `start`, fewer at its end. */
export async function readPart(file: string, start = 0, length = CHUNK_BYTES): Promise<Buffer> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
}
