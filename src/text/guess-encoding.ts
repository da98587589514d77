/** Which of the older encodings a text has. It is a guess, so it has to be a clear one. */
import type { Chunks } from './decoded.ts';
import { EncodingUnknown } from './encoding-unknown.ts';

/** As the guesser calls them, and as browsers do. Of families that are the same for all letters, one. */
const CANDIDATES = new Map([
  ['Windows-1252', 'windows-1252'],
  ['Windows-1250', 'windows-1250'],
  ['Windows-1251', 'windows-1251'],
  ['Windows-1253', 'windows-1253'],
  ['Windows-1254', 'windows-1254'],
  ['Windows-1255', 'windows-1255'],
  ['Windows-1256', 'windows-1256'],
  ['Windows-1257', 'windows-1257'],
  ['KOI8-R', 'koi8-r'],
  ['KOI8-U', 'koi8-u'],
  ['CP932', 'shift_jis'],
  ['CP949', 'euc-kr'],
  ['EUC-JP', 'euc-jp'],
  ['GB18030', 'gb18030'],
  ['Big5', 'big5'],
]);

/** What western spreadsheets save; so it needs less to be believed. */
const USUAL = 'windows-1252';
const USUAL_WEIGHT = 2;
/** An encoding that the language is written in. Where it is known, none is the usual one. */
const EXPECTED_WEIGHT = 4;
/** How much better the best has to be than the next that reads something else, and how good any other than the usual one. Both were found with thirty short texts in twenty languages: none was misread. */
const CLEARLY = 1.5;
const LEAST_SCORE = 0.02;

type Reading = { label: string; score: number; text: string };

/**
 * The label of the encoding in which the sample, and then the whole text, can be read.
 *
 * @param sample lines with something in them that is not ASCII: others tell nothing.
 * @param expected labels of those that its language is written in.
 * @throws {EncodingUnknown} with those that it may be.
 */
export async function guessEncoding(
  chunks: Chunks,
  sample: Uint8Array,
  expected: readonly string[] = [],
): Promise<string> {
  const favoured = expected.length > 0 ? expected : [USUAL];
  const weight = expected.length > 0 ? EXPECTED_WEIGHT : USUAL_WEIGHT;
  // A megabyte of code that few files need.
  const { detectAll } = await import('jschardet');
  const found = detectAll(sample, { detectEncodings: [...CANDIDATES.keys()], minimumThreshold: 0 });
  const readings = found
    .flatMap(({ encoding, confidence }) => readingOf(sample, encoding, confidence))
    .map((reading) => ({
      ...reading,
      score: reading.score * (favoured.includes(reading.label) ? weight : 1),
    }))
    .toSorted((one, other) => other.score - one.score);
  const [best] = readings;
  const rival = readings.find(({ text }) => text !== best?.text);
  if (!best || (!favoured.includes(best.label) && best.score < LEAST_SCORE)) throw unknown(readings);
  if (rival && best.score < CLEARLY * rival.score) throw unknown([best, rival]);
  if (!(await fits(chunks, best.label))) throw unknown([]);
  return best.label;
}

/** None where no person writes so: half of a word in another script. */
function readingOf(sample: Uint8Array, encoding: string | null, confidence: number): Reading[] {
  const label = CANDIDATES.get(encoding ?? '');
  if (label === undefined) return [];
  const text = new TextDecoder(label).decode(sample);
  if (MIXED.test(text)) return [];
  return [{ label, score: confidence, text }];
}

const OTHER = String.raw`[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}]`;
const MIXED = new RegExp(String.raw`\p{Script=Latin}${OTHER}|${OTHER}\p{Script=Latin}`, 'u');

/** Windows-1252 as browsers read it has a character for each byte; those for which Windows has none are control characters. */
// oxlint-disable-next-line no-control-regex -- they are what it is about.
const UNWRITTEN = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u0080-\u0084\u0086-\u009f]/;

async function fits(chunks: Chunks, label: string): Promise<boolean> {
  const decoder = new TextDecoder(label, { fatal: true });
  try {
    for await (const bytes of chunks())
      if (UNWRITTEN.test(decoder.decode(bytes, { stream: true }))) return false;
    return !UNWRITTEN.test(decoder.decode());
  } catch {
    return false;
  }
}

function unknown(readings: readonly Reading[]) {
  const labels = readings.slice(0, 3).map(({ label }) => label);
  const may = labels.length > 1 ? ` It may be ${labels.join(' or ')}.` : '';
  return new EncodingUnknown(
    `It cannot be told how this text is encoded; save it as UTF-8, or name its encoding.${may}`,
  );
}
