/** Picture files for uploads: good ones, and such as somebody sends who means harm. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

type Chunk = { type: string; data: Buffer };

function encodeChunk({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

type Options = {
  /** px that the header tells. */
  size?: { width: number; height: number };
  /** Bytes that its pixels unpack to; as many as the header tells unless given. */
  unpackedBytes?: number;
  /** More chunks before the pixels. */
  before?: Chunk[];
};

/** A PNG of one grey. */
export function pngOf({
  size = { width: 64, height: 48 },
  unpackedBytes,
  before = [],
}: Options = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size.width, 0);
  header.writeUInt32BE(size.height, 4);
  // Eight bits, grey, nothing else.
  header[8] = 8;
  const pixels = Buffer.alloc(unpackedBytes ?? (size.width + 1) * size.height);
  const chunks = [
    { type: 'IHDR', data: header },
    ...before,
    { type: 'IDAT', data: deflateSync(pixels) },
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  return Buffer.concat([SIGNATURE, ...chunks.map(encodeChunk)]);
}

const EXIF_ROTATED = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex');

/** A JPEG that a camera held upright would write: lying, with a tag that says so. */
export function rotated(jpeg: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), EXIF_ROTATED]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
