import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../../core/errors.ts';
import type { Chapter } from './stitch.ts';

/** An MP4 box: its 4-byte length, its 4-byte type, its content (ISO/IEC 14496-12, 4.2). */
const HEADER_BYTES = 8;
/** Bytes of UTF-8; the format counts them in one byte. */
const MAX_TITLE_BYTES = 255;
/** Nero's chapters count in units of 100 ns. */
const CHAPTER_TICKS = 10_000_000;

/**
 * Moves `bare`, an MP4 with its index in front, to `file`; where there are chapters, with a `chpl`
 * box in the index, which FFmpeg, VLC and mpv read. node-av has no access to FFmpeg's own chapters.
 */
export async function writeChapters(bare: string, chapters: readonly Chapter[], file: string): Promise<void> {
  if (chapters.length === 0) return rename(bare, file);
  const { moov, start, end, before } = await readIndex(bare);
  const longer = insertChapters(moov, chapters);
  shiftChunks(longer, longer.length - moov.length);
  const rest = createReadStream(bare, { start: end });
  await pipeline(async function* () {
    yield before.subarray(0, start);
    yield longer;
    yield* rest;
  }, createWriteStream(file));
}

async function readIndex(file: string) {
  await using handle = await open(file);
  const header = Buffer.alloc(HEADER_BYTES);
  for (let start = 0; ;) {
    const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, start);
    const length = header.readUInt32BE(0);
    const type = header.toString('latin1', 4);
    if (bytesRead < HEADER_BYTES || length < HEADER_BYTES || type === 'mdat') break;
    if (type === 'moov') {
      const before = Buffer.alloc(start + length);
      await handle.read(before, 0, before.length, 0);
      return { before, start, end: start + length, moov: before.subarray(start) };
    }
    start += length;
  }
  throw new DomainError('MEDIA_FAILED', `${file}: the index is not in front of the film.`);
}

/** A copy of `moov` whose `udta` ends with the chapters. */
function insertChapters(moov: Buffer, chapters: readonly Chapter[]): Buffer {
  const list = chapterList(chapters);
  const [udta] = childrenOf(moov, HEADER_BYTES, moov.length).filter(({ type }) => type === 'udta');
  if (!udta) return resized(Buffer.concat([moov, box('udta', list)]), 0);
  const whole = Buffer.concat([moov.subarray(0, udta.end), list, moov.subarray(udta.end)]);
  whole.writeUInt32BE(udta.end - udta.start + list.length, udta.start);
  return resized(whole, 0);
}

function resized(boxed: Buffer, at: number): Buffer {
  boxed.writeUInt32BE(boxed.length - at, at);
  return boxed;
}

/** Version 1 of the box: flags and a reserved word, a count, then start and title of each. */
function chapterList(chapters: readonly Chapter[]): Buffer {
  const entries = chapters.slice(0, 255).map(({ title, startSeconds }) => {
    const name = truncated(title);
    const entry = Buffer.alloc(9 + name.length);
    entry.writeBigUInt64BE(BigInt(Math.round(startSeconds * CHAPTER_TICKS)), 0);
    entry.writeUInt8(name.length, 8);
    name.copy(entry, 9);
    return entry;
  });
  return box('chpl', Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, entries.length]), ...entries);
}

/** Cut between characters, never inside one. */
function truncated(title: string): Buffer {
  let name = '';
  for (const character of title) {
    if (Buffer.byteLength(name + character) > MAX_TITLE_BYTES) break;
    name += character;
  }
  return Buffer.from(name);
}

function box(type: string, ...content: Buffer[]): Buffer {
  return resized(Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), ...content]), 0);
}

type Box = { type: string; start: number; end: number };

function childrenOf(buffer: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start + HEADER_BYTES <= to;) {
    const end = start + Math.max(HEADER_BYTES, buffer.readUInt32BE(start));
    boxes.push({ type: buffer.toString('latin1', start + 4, start + HEADER_BYTES), start, end });
    start = end;
  }
  return boxes;
}

/** Boxes on the way from the index to the tables of chunk offsets. */
const CONTAINERS = new Set(['trak', 'mdia', 'minf', 'stbl']);

/** The film's data moved back by what the index grew: so do the offsets that point into it. */
function shiftChunks(moov: Buffer, by: number, from = HEADER_BYTES, to = moov.length): void {
  for (const { type, start, end } of childrenOf(moov, from, to)) {
    if (CONTAINERS.has(type)) shiftChunks(moov, by, start + HEADER_BYTES, end);
    if (type === 'stco') shiftTable(start, 4, (at) => moov.writeUInt32BE(moov.readUInt32BE(at) + by, at));
    if (type === 'co64') {
      shiftTable(start, 8, (at) => moov.writeBigUInt64BE(moov.readBigUInt64BE(at) + BigInt(by), at));
    }
  }
  /** A table is a header, a version word and a count before its entries. */
  function shiftTable(start: number, bytes: number, shift: (at: number) => void) {
    const entries = start + HEADER_BYTES + 8;
    const count = moov.readUInt32BE(entries - 4);
    for (let i = 0; i < count; i += 1) shift(entries + i * bytes);
  }
}
