/** Kinds of pictures that are read. */
export type PictureKind = 'PNG' | 'JPEG' | 'WEBP' | 'AVIF';

/** Bytes that tell one kind from another: an AVIF lists what it is compatible with. */
export const PICTURE_MARK_BYTES = 64;

/** The kind of a picture by its first bytes, and not by what was said of it; null for anything else. */
export function pictureKindOf(head: Buffer): PictureKind | null {
  const textAt = (from: number, to: number) => head.toString('latin1', from, to);
  if (textAt(0, 8) === '\u0089PNG\r\n\u001a\n') return 'PNG';
  if (textAt(0, 3) === '\u00ff\u00d8\u00ff') return 'JPEG';
  if (textAt(0, 4) === 'RIFF' && textAt(8, 12) === 'WEBP') return 'WEBP';
  // Its brands: ISO 14496-12, 4.3, and the AV1 image format, 6.
  const isAvif = textAt(4, 8) === 'ftyp' && /avi[fs]/.test(textAt(8, Math.min(64, head.readUInt32BE(0))));
  return isAvif ? 'AVIF' : null;
}
