/** Which encoding a text file has. What cannot be told is refused: a wrong guess would change what people wrote. */
import { cleanText } from '../core/outside-text.ts';
import { type Chunks, isAllText } from './decoded.ts';
import { EncodingUnknown } from './encoding-unknown.ts';
import { guessEncoding } from './guess-encoding.ts';
import { surveyUtf8 } from './utf8-survey.ts';

export type Encoding = {
  /** Label of the WHATWG Encoding Standard. */
  label: string;
  /** Some bytes are no characters of it: they become U+FFFD. */
  isDamaged: boolean;
};

const MARKS: readonly [label: string, mark: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** A damaged UTF-8 file has many more whole characters of several bytes than broken ones; of other encodings hardly any is whole. */
const WHOLE_PER_BROKEN = 5;

/** Characters of a name that a message shows. */
const LONGEST_NAME = 100;

export type FindEncodingOptions = {
  /** Label of the encoding that somebody says it has. */
  asked?: string | undefined;
  /** Labels of those that texts in its language have: they decide between guesses. */
  expected?: readonly string[] | undefined;
};

/**
 * Finds the encoding: by its mark, UTF-16 by where its zero bytes are, UTF-8 if all of it is, else by a guess that has
 * to fit the whole text.
 *
 * @throws {EncodingUnknown}
 */
export async function findEncoding(
  chunks: Chunks,
  { asked, expected = [] }: FindEncodingOptions = {},
): Promise<Encoding> {
  const known = asked === undefined ? evidentEncoding(await firstOf(chunks)) : labelOf(asked);
  const label = known ?? 'utf-8';
  if (await isAllText(chunks, label)) return { label, isDamaged: false };
  if (known !== null) return { label, isDamaged: true };
  const { whole, broken, sample } = await surveyUtf8(chunks);
  if (whole >= WHOLE_PER_BROKEN * broken) return { label, isDamaged: true };
  return { label: await guessEncoding(chunks, sample, expected), isDamaged: false };
}

/** Bytes of a text's start that are looked at. */
export const START_BYTES = 64 * 1_024;

async function firstOf(chunks: Chunks): Promise<Uint8Array> {
  for await (const bytes of chunks()) return bytes.subarray(0, START_BYTES);
  return new Uint8Array();
}

/** What the first bytes of a text tell by a mark, or as UTF-16 by its zero bytes; null if nothing. */
export function evidentEncoding(start: Uint8Array): string | null {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => start[index] === byte));
  return marked?.[0] ?? utf16Of(start);
}

/** Of two bytes, which is zero in most western text. */
function utf16Of(start: Uint8Array): string | null {
  const pairs = Math.floor(start.length / 2);
  const zeros = [0, 0];
  for (let index = 0; index < 2 * pairs; index += 1) if (start[index] === 0) zeros[index % 2]! += 1;
  const [even = 0, odd = 0] = zeros.map((count) => count / Math.max(1, pairs));
  if (odd > 0.3 && even < 0.05) return 'utf-16le';
  return even > 0.3 && odd < 0.05 ? 'utf-16be' : null;
}

/** The label that browsers know a name by. @throws {EncodingUnknown} */
function labelOf(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw new EncodingUnknown(`No encoding that is read here is called ${cleanText(name, LONGEST_NAME)}.`);
  }
}
