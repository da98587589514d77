import { createHash } from 'node:crypto';
import { centralHeader, endRecords, localHeader, type ZipFileHead } from './zip-records.ts';

export type ZipFileEntry = ZipFileHead & {
  /** Bytes `from` to before `to` of the file; they must be those that its checksum is of. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
};

export type ZipPlan = {
  /** Bytes of the archive. */
  size: number;
  /** The same for archives of the same names, sizes, checksums and times, whose bytes are the same too. */
  digest: string;
  /**
   * Bytes `from` to before `to` of the archive; of the files, only what is in them is read.
   *
   * @throws {RangeError} if a file gives fewer or more bytes than asked for; the error of a file.
   */
  read(from: number, to: number): AsyncGenerator<Uint8Array>;
};

type Part = {
  start: number;
  end: number;
  read: (from: number, to: number) => AsyncIterable<Uint8Array>;
};

/**
 * Says where each byte of an archive of stored files is, without reading any: it can be sent from anywhere on. All
 * it takes is that size and CRC-32 of each file are known.
 */
export function planZip(files: readonly ZipFileEntry[]): ZipPlan {
  const parts: Part[] = [];
  let size = 0;
  const put = (length: number, read: Part['read']) => {
    if (length > 0) parts.push({ start: size, end: size + length, read });
    size += length;
  };
  const putBytes = (bytes: Buffer) => put(bytes.length, (from, to) => one(bytes.subarray(from, to)));
  const central = files.map((file) => {
    const offset = size;
    putBytes(localHeader(file));
    put(file.size, (from, to) => exactly(file, from, to));
    return centralHeader(file, offset);
  });
  const [offset, directory] = [size, Buffer.concat(central)];
  putBytes(directory);
  putBytes(endRecords(files.length, offset, directory.length));
  return { size, digest: digestOf(files), read: (from, to) => readParts(parts, from, to) };
}

async function* readParts(parts: readonly Part[], from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let index = firstEndingAfter(parts, from); index < parts.length; index += 1) {
    const { start, end, read } = parts[index]!;
    if (start >= to) return;
    yield* read(Math.max(0, from - start), Math.min(end, to) - start);
  }
}

/** By halves: an archive may have as many parts as a job has rows, and be asked for byte by byte. */
function firstEndingAfter(parts: readonly Part[], at: number): number {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (parts[middle]!.end > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A file that has changed would move all that stands behind it. */
async function* exactly(file: ZipFileEntry, from: number, to: number): AsyncGenerator<Uint8Array> {
  let left = to - from;
  for await (const bytes of file.read(from, to)) {
    left -= bytes.length;
    if (left < 0) break;
    yield bytes;
  }
  if (left !== 0) throw new RangeError(`"${file.name}" is not of the size that it was planned with.`);
}

function digestOf(files: readonly ZipFileEntry[]): string {
  const hash = createHash('sha256');
  for (const { name, size, crc32, modifiedAt } of files)
    hash.update(`${JSON.stringify([name, size, crc32, modifiedAt.getTime()])}\n`);
  return hash.digest('hex');
}
