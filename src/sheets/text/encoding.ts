/** Which encoding a text file has. What cannot be told is refused: a wrong guess would change what people wrote. */
import { refused } from '../problem.ts';
import { bytesOf, readPart } from './file-bytes.ts';
import { surveyUtf8 } from './utf8-survey.ts';

export type Encoding = {
  /** Label of the WHATWG Encoding Standard. */
  label: string;
  /** Some bytes may be no characters of it: they become U+FFFD. */
  mayBeDamaged: boolean;
};

const MARKS: readonly [label: string, mark: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Of the guesser, 0 to 1. It says 0.73 of western text. */
const LEAST_CONFIDENCE = 0.5;
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
  if (asked !== undefined) return { label: labelOf(asked), mayBeDamaged: true };
  const evident = evidentEncoding(await readPart(file));
  if (evident) return { label: evident, mayBeDamaged: true };
  const { whole, broken, firstBrokenAt } = await surveyUtf8(file);
  if (broken === 0) return { label: 'utf-8', mayBeDamaged: false };
  if (whole >= WHOLE_PER_BROKEN * broken) return { label: 'utf-8', mayBeDamaged: true };
  return guess(file, firstBrokenAt);
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

/** From where the first character is that UTF-8 does not have: a page of plain English before it would tell nothing. */
async function guess(file: string, firstBrokenAt: number): Promise<Encoding> {
  // A megabyte of code that few files need.
  const { detect } = await import('jschardet');
  const { encoding, confidence } = detect(await readPart(file, Math.max(0, firstBrokenAt - 4_096)));
  if (encoding === null || confidence < LEAST_CONFIDENCE) throw unknown();
  const label = labelOf(encoding);
  if (!(await fits(file, label))) throw unknown();
  return { label, mayBeDamaged: false };
}

function labelOf(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw refused(
      'ENCODING_UNKNOWN',
      `The text is encoded as ${name}, which is not read here; save it as UTF-8.`,
    );
  }
}

/** Windows-1252 as browsers read it has a character for each byte; those for which Windows has none are control characters. */
// oxlint-disable-next-line no-control-regex -- they are what it is about.
const UNWRITTEN = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u0080-\u0084\u0086-\u009f]/;

async function fits(file: string, label: string): Promise<boolean> {
  const decoder = new TextDecoder(label, { fatal: true });
  try {
    for await (const bytes of bytesOf(file))
      if (UNWRITTEN.test(decoder.decode(bytes, { stream: true }))) return false;
    return !UNWRITTEN.test(decoder.decode());
  } catch {
    return false;
  }
}

const unknown = () =>
  refused(
    'ENCODING_UNKNOWN',
    'It cannot be told how this text is encoded; save it as UTF-8, or name its encoding.',
  );
