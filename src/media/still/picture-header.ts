/** What a picture says of itself; its size in px. */
export type PictureHeader = { mimeType: 'image/png' | 'image/jpeg'; width: number; height: number };

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG_END = Buffer.from([0xff, 0xd9]);

/** Kind and size of a PNG or JPEG, by its own header and not by what was said of it; null for anything else. */
export function readPictureHeader(file: Buffer): PictureHeader | null {
  if (file.subarray(0, 8).equals(PNG) && file.length >= 24) {
    return { mimeType: 'image/png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  }
  const frame = jpegFrame(file);
  if (frame === null) return null;
  return {
    mimeType: 'image/jpeg',
    height: file.readUInt16BE(frame + 5),
    width: file.readUInt16BE(frame + 7),
  };
}

/** Whether a PNG or JPEG has its end: of one that was cut off, decoders draw what there is. */
export function hasPictureEnd(file: Buffer): boolean {
  const frame = jpegFrame(file);
  // A JPEG may hold a smaller one before its own frame header, with an end of its own.
  return frame === null ? file.includes('IEND') : file.includes(JPEG_END, frame);
}

/** Where a JPEG's frame header is: the SOF marker among its segments (ITU T.81, B.2.2). */
function jpegFrame(file: Buffer): number | null {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= file.length && file[at] === 0xff; at += 2 + file.readUInt16BE(at + 2)) {
    const marker = file[at + 1] ?? 0;
    const isTable = marker === 0xc4 || marker === 0xc8 || marker === 0xcc;
    if (marker >= 0xc0 && marker <= 0xcf && !isTable) return at;
  }
  return null;
}
