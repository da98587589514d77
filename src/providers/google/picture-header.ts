import type { KeyframeResult } from '../provider.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Kind and size of a PNG or JPEG, by its own header and not by what was said of it; null for anything else. */
export function readPictureHeader(
  file: Buffer,
): Pick<KeyframeResult, 'mimeType' | 'width' | 'height'> | null {
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
