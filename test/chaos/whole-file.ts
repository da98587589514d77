import { readFile } from 'node:fs/promises';

/** Whether a media file of ours was written to its end: a download that broke off has no such end. */
export async function isWhole(file: string): Promise<boolean> {
  const bytes = await readFile(file);
  if (file.endsWith('.mp4')) return boxesFill(bytes);
  if (file.endsWith('.png')) return bytes.subarray(-8, -4).equals(Buffer.from('IEND'));
  return file.endsWith('.jpg') && bytes.subarray(-2).equals(Buffer.from('ffd9', 'hex'));
}

/** The boxes of an MP4 say their lengths: those at the top make up the file, the film itself among them. */
function boxesFill(bytes: Buffer): boolean {
  const kinds: string[] = [];
  let at = 0;
  while (at + 16 <= bytes.length) {
    const short = bytes.readUInt32BE(at);
    kinds.push(bytes.toString('latin1', at + 4, at + 8));
    // 1 is followed by a long length, 0 reaches to the end of the file: a cut would not show.
    const length = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    if (length < 8) return false;
    at += length;
  }
  return at === bytes.length && kinds.includes('moov') && kinds.includes('mdat');
}
