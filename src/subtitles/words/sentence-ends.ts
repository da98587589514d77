/** Where the sentences of a text with marks begin. */
import { isAbbreviation } from './abbreviations.ts';
import { joinsWithoutSpace } from '../../text/joined.ts';
import { baseOf, segmenterOf } from './segmenters.ts';

/** The segmenter goes on over these, though a capital follows. */
const MISSED = /(?<=(?:…|\.\.\.)["'”’»)]?\s+)(?=\p{Lu})/u;
const ENDS_LOUDLY = /[!?؟！？…]["'”’»)\]]*$/u;
const BEGINS_SMALL = /^["'“«„(]*\p{Ll}/u;
const CLOSES = /^[」』”’»)\]]/u;
/** A quotation's mark opens it if something parts it from what is before: in German, “ closes. */
const OPENS = /(?:^|[\s：，])[“”"«»‘]$|[「『„([]$/u;
/** What goes on after a quotation in Japanese and Korean: “…” he said. */
const QUOTED = /[」』”"]$/u;
const GOES_ON: Readonly<Record<string, RegExp>> = { ja: /^(?:と|って)/u, ko: /^(?:라고|이라고|고|하고)/u };
/** In these, `3.` is the third. */
const WITH_ORDINALS = new Set([
  'de',
  'da',
  'no',
  'nb',
  'fi',
  'cs',
  'sk',
  'pl',
  'hu',
  'hr',
  'sl',
  'tr',
  'et',
  'lv',
]);

/** Indices at which sentences begin, the first at 0: by Unicode's rules, joined again where an abbreviation, an initial or a quotation goes on. */
export function sentenceStarts(text: string, language?: string): number[] {
  const base = baseOf(language);
  const starts: number[] = [];
  let before = '';
  for (const { index, segment } of segmenterOf('sentence', language).segment(text)) {
    if (segment.trim() === '') continue;
    if (before === '' || !goesOn(before.trimEnd(), segment, base)) starts.push(index);
    let at = index;
    const parts = segment.split(MISSED);
    for (const part of parts.slice(0, -1)) starts.push((at += part.length));
    before = parts.at(-1) ?? segment;
  }
  return starts;
}

/** Whether a piece is the rest of the one before it. */
function goesOn(before: string, after: string, language: string | undefined): boolean {
  if (CLOSES.test(after) || OPENS.test(before)) return true;
  if (QUOTED.test(before) && GOES_ON[language ?? '']?.test(after)) return true;
  if (BEGINS_SMALL.test(after) && !ENDS_LOUDLY.test(before)) return true;
  return before.endsWith('.') && !before.endsWith('..') && isAbbreviated(before, language);
}

/** UTF-16 units of a piece's end that are looked at; abbreviations are short. */
const LOOKED_AT = 24;

function isAbbreviated(before: string, language: string | undefined): boolean {
  const word = /([^\s“"«„(]+)\.$/u.exec(before.slice(-LOOKED_AT))?.[1];
  if (word === undefined || joinsWithoutSpace(word, '')) return false;
  if (isAbbreviation(word, language)) return true;
  // “It was I.” ends; an initial, or the `z.` of `z. B.`, does not.
  if (/^(?:\p{L}\.)*\p{L}$/u.test(word)) return !(language === 'en' && word === 'I');
  return language !== undefined && WITH_ORDINALS.has(language) && /^\d{1,2}$/.test(word);
}
