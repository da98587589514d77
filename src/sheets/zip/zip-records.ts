/** The bytes of a ZIP archive that are not its files' (PKWARE APPNOTE 6.3.10): stored, with sizes and checksums ahead of the data. */
export type ZipFileHead = {
  /** As it is in the archive, with `/` between folders. */
  name: string;
  size: number;
  crc32: number;
  modifiedAt: Date;
};

/** From here on, a number is written as this, and truly in 64 bits elsewhere. */
const LIMIT_32 = 0xffff_ffff;
const LIMIT_16 = 0xffff;

const VERSION = 20;
const VERSION_ZIP64 = 45;
/** On Unix, which has the permissions below. */
const MADE_BY = (3 << 8) | VERSION_ZIP64;
const NAMES_ARE_UTF8 = 0x0800;
const STORED = 0;
const REGULAR_FILE = 0o100_644;

/** Stands before a file's data. */
export function localHeader(file: ZipFileHead): Buffer {
  const name = Buffer.from(file.name);
  const isLarge = file.size >= LIMIT_32;
  const extra = isLarge ? zip64Extra(file.size, file.size) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(header, 4, file, isLarge);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

/** Tells of a file at the end, with where its local header is. */
export function centralHeader(file: ZipFileHead, offset: number): Buffer {
  const name = Buffer.from(file.name);
  const sizes = file.size >= LIMIT_32 ? [file.size, file.size] : [];
  const wide = offset >= LIMIT_32 ? [...sizes, offset] : sizes;
  const extra = wide.length > 0 ? zip64Extra(...wide) : Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(MADE_BY, 4);
  writeCommon(header, 6, file, wide.length > 0);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE((REGULAR_FILE << 16) >>> 0, 38);
  header.writeUInt32LE(Math.min(offset, LIMIT_32), 42);
  return Buffer.concat([header, name, extra]);
}

/** Ends an archive of so many files, whose central headers begin at `offset`. */
export function endRecords(files: number, offset: number, length: number): Buffer {
  const isLarge = files >= LIMIT_16 || offset >= LIMIT_32 || length >= LIMIT_32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(files, LIMIT_16), 8);
  end.writeUInt16LE(Math.min(files, LIMIT_16), 10);
  end.writeUInt32LE(Math.min(length, LIMIT_32), 12);
  end.writeUInt32LE(isLarge ? LIMIT_32 : offset, 16);
  return isLarge ? Buffer.concat([zip64End(files, offset, length), end]) : end;
}

/** What both headers have, in the same order; `at` is where the version is. */
function writeCommon(header: Buffer, at: number, file: ZipFileHead, isZip64: boolean): void {
  header.writeUInt16LE(isZip64 ? VERSION_ZIP64 : VERSION, at);
  header.writeUInt16LE(NAMES_ARE_UTF8, at + 2);
  header.writeUInt16LE(STORED, at + 4);
  header.writeUInt32LE(dosTime(file.modifiedAt), at + 6);
  header.writeUInt32LE(file.crc32, at + 10);
  header.writeUInt32LE(Math.min(file.size, LIMIT_32), at + 14);
  header.writeUInt32LE(Math.min(file.size, LIMIT_32), at + 18);
}

function zip64Extra(...numbers: number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * numbers.length, 2);
  for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
  return extra;
}

function zip64End(files: number, offset: number, length: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x0606_4b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(MADE_BY, 12);
  end.writeUInt16LE(VERSION_ZIP64, 14);
  end.writeBigUInt64LE(BigInt(files), 24);
  end.writeBigUInt64LE(BigInt(files), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x0706_4b50, 56);
  end.writeBigUInt64LE(BigInt(offset + length), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

/** Two seconds are its smallest step, and 1980 its first year. UTC: an archive is the same wherever it is made. */
function dosTime(at: Date): number {
  const year = Math.min(127, Math.max(0, at.getUTCFullYear() - 1980));
  const date = (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}
