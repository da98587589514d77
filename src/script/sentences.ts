import { addressesIn, trimmed } from './web-addresses.ts';

const sentenceSegmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const graphemeSegmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** A full stop after these ends no sentence. */
const ABBREVIATED = /(?:^|\s)(?:mr|mrs|ms|dr|st|prof|sr|jr|vs|etc|no|e\.g|i\.e)\.\s*$/iu;
/** Fewer words than this are no shot of their own: "Silence." belongs to what precedes it. */
const FEWEST_WORDS = 2;

/** The text's sentences, in any script; fragments join their neighbour, and an address stays whole. */
export function sentencesOf(text: string): string[] {
  const found: string[] = [];
  const addresses = addressesIn(text);
  let before = '';
  let isFragment = false;
  for (const { segment, index } of sentenceSegmenter.segment(text)) {
    const isShort = !hasWords(segment, FEWEST_WORDS);
    const isInside = addresses.some(({ from, to }) => from < index && index < to);
    if (found.length > 0 && (isInside || isAbbreviated(before) || isShort || isFragment)) {
      found[found.length - 1] += segment;
      // Two fragments have the words of a sentence between them, unless one is all marks.
      isFragment &&= isShort && !hasWords(found.at(-1) ?? '', FEWEST_WORDS);
    } else if (segment.trim()) {
      found.push(segment);
      isFragment = isShort;
    }
    before = segment;
  }
  return found.map((sentence) => sentence.replaceAll(/\s+/gu, ' ').trim());
}

/** Its end alone is looked at: an abbreviation is short. */
const isAbbreviated = (segment: string) => ABBREVIATED.test(segment.trimEnd().slice(-16));

/** Whether a text has as many words; those that follow are not counted. */
function hasWords(text: string, least: number): boolean {
  let words = 0;
  for (const { isWordLike } of wordSegmenter.segment(text)) {
    if (isWordLike) words += 1;
    if (words >= least) return true;
  }
  return least <= 0;
}

/** Ends of clauses: a mark, or the word that begins the next. The marks of numbers and addresses have no space behind them. */
const CLAUSE_ENDS =
  /[,;:](?:\s+|$)|[،؛、，；।]\s*|\s*[—–]\s*|\s+(?=(?:and|then|while|as|until|but|when|where|before|und|während|et|pendant|y|mientras|и|пока)\s)/giu;
/** Fewer words than this are no clause. */
const FEWEST_CLAUSE_WORDS = 3;

/** The text in two at the clause that ends nearest its middle, to the letter; null if it is one clause. */
export function inTwo(text: string): [string, string] | null {
  const words = [...wordSegmenter.segment(text)].filter(({ isWordLike }) => isWordLike);
  const [lastOfFirst, firstOfLast] = [words[FEWEST_CLAUSE_WORDS - 1], words.at(-FEWEST_CLAUSE_WORDS)];
  if (!lastOfFirst || !firstOfLast) return null;
  const ends = [...text.matchAll(CLAUSE_ENDS)]
    .filter(({ index }) => index >= lastOfFirst.index + lastOfFirst.segment.length)
    .map((mark) => mark.index + mark[0].length)
    .filter((end) => end <= firstOfLast.index)
    .toSorted((a, b) => Math.abs(2 * a - text.length) - Math.abs(2 * b - text.length));
  const [end] = ends;
  return end === undefined ? null : [text.slice(0, end).trim(), text.slice(end).trim()];
}

/** A mark that ends a clause and no sentence, or the space before it. */
const CLAUSE_MARK = /[\s,;:،؛、，；।—–]/u;

/** What ends a text that is parted: a full stop, or nothing where the whole has none. */
export const stopOf = (text: string): '.' | '' => (/[.!?]$/u.test(text) ? '.' : '');

/** The first half of a text as a sentence: the mark it was parted at ends none. */
export function ended(half: string, stop: string): string {
  const words = trimmed(half, CLAUSE_MARK);
  return words.endsWith(stop) ? words : words + stop;
}

/** The second half of a text as a sentence. */
export const begun = (half: string): string => capitalized(half.replace(/^(?:and then|and|then)\s+/iu, ''));

const capitalized = (text: string): string => {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
};

/** The text in at most `most` characters, cut between words and addresses with an ellipsis; a longer word is cut itself. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = leading(wordSegmenter, text, most - 1).length;
  const address = addressesIn(text).find(({ from, to }) => from < end && end < to);
  const kept = text.slice(0, address?.from ?? end).trim() || leading(graphemeSegmenter, text, most - 1);
  return `${kept}…`;
}

function leading(segmenter: Intl.Segmenter, text: string, most: number): string {
  let end = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
