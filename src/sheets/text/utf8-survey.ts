import { bytesOf } from './file-bytes.ts';

export type Utf8Survey = {
  /** Characters of several bytes. */
  whole: number;
  /** Bytes that belong to no character. */
  broken: number;
  firstBrokenAt: number;
};

/** How much of a file is UTF-8. Of one that is, the characters are not counted. */
export async function surveyUtf8(file: string): Promise<Utf8Survey> {
  if (await isUtf8(file)) return { whole: 0, broken: 0, firstBrokenAt: 0 };
  const survey = { whole: 0, broken: 0, firstBrokenAt: 0 };
  let missing = 0;
  let at = 0;
  const isBroken = () => {
    if (survey.broken === 0) survey.firstBrokenAt = at;
    survey.broken += 1;
  };
  for await (const bytes of bytesOf(file))
    for (const byte of bytes) {
      const follows = byte >= 0x80 && byte < 0xc0;
      if (missing > 0 && follows) {
        missing -= 1;
        if (missing === 0) survey.whole += 1;
      } else {
        if (missing > 0) isBroken();
        missing = followersOf(byte);
        if (follows || byte >= 0xf5) isBroken();
      }
      at += 1;
    }
  // What is too long for its character, or half of a pair, is not looked for above.
  if (missing > 0 || survey.broken === 0) isBroken();
  return survey;
}

function followersOf(byte: number): number {
  if (byte < 0xc2 || byte >= 0xf5) return 0;
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

async function isUtf8(file: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of bytesOf(file)) decoder.decode(bytes, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
