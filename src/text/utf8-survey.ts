import type { Chunks } from './decoded.ts';

export type Utf8Survey = {
  /** Characters of several bytes. */
  whole: number;
  /** Bytes that belong to no character. */
  broken: number;
  /** Lines with something in them that is not ASCII, up to {@link SAMPLE_BYTES}. */
  sample: Buffer;
};

const SAMPLE_BYTES = 64 * 1_024;
const LF = 0x0a;

/** How much is UTF-8 of a text that is not all of it. */
export async function surveyUtf8(chunks: Chunks): Promise<Utf8Survey> {
  const survey = { whole: 0, broken: 0, sample: Buffer.alloc(0) as Buffer };
  const lines: Uint8Array[] = [];
  let [missing, sampled] = [0, 0];
  for await (const bytes of chunks()) {
    if (sampled < SAMPLE_BYTES) sampled += take(bytes, lines);
    for (const byte of bytes) {
      const follows = byte >= 0x80 && byte < 0xc0;
      if (missing > 0 && follows) {
        missing -= 1;
        if (missing === 0) survey.whole += 1;
        continue;
      }
      if (missing > 0 || follows || byte >= 0xf5) survey.broken += 1;
      missing = followersOf(byte);
    }
  }
  // What is too long for its character, or half of a pair, is not looked for above.
  if (missing > 0 || survey.broken === 0) survey.broken += 1;
  return { ...survey, sample: Buffer.concat(lines).subarray(0, SAMPLE_BYTES) };
}

function followersOf(byte: number): number {
  if (byte < 0xc2 || byte >= 0xf5) return 0;
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

/** Adds the lines that are not ASCII, and says how many bytes they have. Those that the chunk cuts are taken as they are. */
function take(bytes: Uint8Array, lines: Uint8Array[]): number {
  let taken = 0;
  for (let from = 0; from < bytes.length;) {
    const at = bytes.indexOf(LF, from);
    const line = bytes.subarray(from, at < 0 ? bytes.length : at + 1);
    from += line.length;
    if (!line.some((byte) => byte >= 0x80)) continue;
    lines.push(line);
    taken += line.length;
  }
  return taken;
}
