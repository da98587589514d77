/** The text of a file with subtitles: older ones are in the encoding of their language. */
import { cleanText } from '../../core/outside-text.ts';
import { decoded } from '../../text/decoded.ts';
import { evidentEncoding, findEncoding, START_BYTES } from '../../text/encoding.ts';
import { EncodingUnknown } from '../../text/encoding-unknown.ts';
import { looksBinary } from '../../text/looks-binary.ts';
import { refused } from '../problem.ts';
import { baseOf } from '../words/segmenters.ts';

const WESTERN = ['windows-1252'];
const CENTRAL = ['windows-1250'];
const CYRILLIC = ['windows-1251', 'koi8-r', 'koi8-u'];

/** What texts were saved in, by language, before UTF-8 was usual. */
const ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'no', 'nb', 'fi', 'id'].map((tag) => [
      tag,
      WESTERN,
    ]),
  ),
  ...Object.fromEntries(['pl', 'cs', 'sk', 'hu', 'ro', 'hr', 'sl'].map((tag) => [tag, CENTRAL])),
  ...Object.fromEntries(['ru', 'uk', 'bg', 'be', 'sr'].map((tag) => [tag, CYRILLIC])),
  el: ['windows-1253'],
  tr: ['windows-1254'],
  he: ['windows-1255'],
  ar: ['windows-1256'],
  fa: ['windows-1256'],
  lt: ['windows-1257'],
  lv: ['windows-1257'],
  et: ['windows-1257'],
  ja: ['shift_jis', 'euc-jp'],
  ko: ['euc-kr'],
  zh: ['gb18030', 'big5'],
};

export type TextOptions = { language?: string | undefined; encoding?: string | undefined };

/**
 * A file's text without control characters, and which encoding it had.
 *
 * @param options the language decides where the bytes do not; the encoding is one that somebody names.
 * @throws {SubtitlesRefused} NOT_SUBTITLES, ENCODING_UNKNOWN.
 */
export async function textOf(
  bytes: Uint8Array,
  { language, encoding }: TextOptions,
): Promise<{ text: string; label: string }> {
  const start = bytes.subarray(0, START_BYTES);
  if (evidentEncoding(start) === null && looksBinary(start))
    throw refused('NOT_SUBTITLES', 'It is no text: a film, a picture, or subtitles that are pictures.');
  const chunks = () => [bytes];
  try {
    const found = await findEncoding(chunks, {
      asked: encoding,
      expected: ENCODINGS[baseOf(language) ?? ''],
    });
    let text = '';
    for await (const piece of decoded(chunks, found.label)) text += piece;
    return { text: cleanText(text), label: found.label };
  } catch (error) {
    throw error instanceof EncodingUnknown ? refused('ENCODING_UNKNOWN', error.message) : error;
  }
}
