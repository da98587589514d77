/** Which encoding a text file has. What cannot be told is refused: a wrong guess would change what people wrote. */
import { cleanText } from '../../core/outside-text.ts';
import { LONGEST_VALUE, refused } from '../problem.ts';
import { isAllText } from './decoded.ts';
import { readPart } from './file-bytes.ts';
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

/**
 * Finds the encoding: by its mark, UTF-16 by where its zero bytes are, UTF-8 if all of it is, else by a guess that has
 * to fit the whole file.
 *
 * @param asked label of the encoding that somebody says it has.
 * @throws {SheetRefused} ENCODING_UNKNOWN.
 */
export async function findEncoding(file: string, asked?: string): Promise<Encoding> {
  const known = asked === undefined ? evidentEncoding(await readPart(file)) : labelOf(asked);
  const label = known ?? 'utf-8';
  if (await isAllText(file, label)) return { label, isDamaged: false };
  if (known !== null) return { label, isDamaged: true };
  const { whole, broken, sample } = await surveyUtf8(file);
  if (whole >= WHOLE_PER_BROKEN * broken) return { label, isDamaged: true };
  return { label: await guessEncoding(file, sample), isDamaged: false };
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

/** The label that browsers know a name by. @throws {SheetRefused} ENCODING_UNKNOWN. */
function labelOf(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw refused(
      'ENCODING_UNKNOWN',
      `No encoding that is read here is called ${cleanText(name, LONGEST_VALUE)}.`,
    );
  }
}
