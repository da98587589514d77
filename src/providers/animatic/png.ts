import { crc32, deflateSync } from 'node:zlib';
import type { Size } from '../aspect-ratio.ts';

/** Keyword of our tEXt chunk (PNG 1.2, 11.3.4.3). */
const KEYWORD = Buffer.from('vidpipe-animatic\0', 'latin1');
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Fast: grain does not pack, and the picture is waited for. */
const DEFLATE_LEVEL = 2;
/** Truecolor, 8 bits, no interlace. */
const COLOR_TYPE = 2;
const SUB_FILTER = 1;

/**
 * The picture as a PNG with a note in it: it looks the same to every viewer, and we find what we
 * wrote there. `rgba` must be opaque.
 */
export function encodePng(rgba: Buffer, { width, height }: Size, note: unknown): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOR_TYPE, 0, 0, 0], 8);
  const pixels = deflateSync(filtered(rgba, width, height), { level: DEFLATE_LEVEL });
  const text = Buffer.from(JSON.stringify({ note, pixels: crc32(pixels) }), 'latin1');
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('tEXt', Buffer.concat([KEYWORD, text])),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row as differences from the pixel to the left, which pack better. */
function filtered(rgba: Buffer, width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    rows[to++] = SUB_FILTER;
    let [r, g, b] = [0, 0, 0];
    for (let from = y * width * 4, end = from + width * 4; from < end; from += 4) {
      const [nr, ng, nb] = [rgba[from] ?? 0, rgba[from + 1] ?? 0, rgba[from + 2] ?? 0];
      rows[to++] = nr - r;
      rows[to++] = ng - g;
      rows[to++] = nb - b;
      r = nr;
      g = ng;
      b = nb;
    }
  }
  return rows;
}

/** The note of a PNG that `encodePng` made and nobody has painted over since; null for any other file. */
export function readNote(png: Buffer): unknown {
  let note: Buffer | null = null;
  let sum = 0;
  for (const { type, data } of chunks(png)) {
    if (type === 'tEXt' && data.subarray(0, KEYWORD.length).equals(KEYWORD))
      note = data.subarray(KEYWORD.length);
    // An editor that keeps the note but changes the pixels changes this.
    if (type === 'IDAT') sum = crc32(data, sum);
  }
  return note === null ? null : checkedNote(note.toString('latin1'), sum);
}

function checkedNote(json: string, pixels: number): unknown {
  try {
    const value: unknown = JSON.parse(json);
    const ours = typeof value === 'object' && value !== null && 'note' in value && 'pixels' in value;
    return ours && value.pixels === pixels ? value.note : null;
  } catch (error) {
    // A note that is not JSON is not ours: the file came from elsewhere.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function* chunks(png: Buffer): Generator<{ type: string; data: Buffer }> {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return;
  let at = SIGNATURE.length;
  while (at + 12 <= png.length) {
    const length = png.readUInt32BE(at);
    if (at + 12 + length > png.length) return;
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])));
  return Buffer.concat([head, data, sum]);
}
