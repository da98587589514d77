const sentenceSegmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const graphemeSegmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** A full stop after these ends no sentence. */
const ABBREVIATED = /(?:^|\s)(?:mr|mrs|ms|dr|st|prof|sr|jr|vs|etc|no|e\.g|i\.e)\.\s*$/iu;
/** Fewer words than this are no shot of their own: "Silence." belongs to what precedes it. */
const FEWEST_WORDS = 2;

/** The text's sentences, in any script; fragments join their neighbour. */
export function sentencesOf(text: string): string[] {
  const found: string[] = [];
  for (const { segment } of sentenceSegmenter.segment(text)) {
    const last = found.at(-1);
    if (
      last !== undefined &&
      (ABBREVIATED.test(last) || countWords(segment) < FEWEST_WORDS || countWords(last) < FEWEST_WORDS)
    )
      found[found.length - 1] = last + segment;
    else if (segment.trim()) found.push(segment);
  }
  return found.map((sentence) => sentence.replaceAll(/\s+/gu, ' ').trim());
}

/** Words of a text, by the rules of its script. */
export const countWords = (text: string): number =>
  [...wordSegmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;

/** Ends of clauses: a mark, or the word that begins the next. */
const CLAUSE_ENDS =
  /[,;:،؛、，；।]\s*|\s*[—–]\s*|\s+(?=(?:and|then|while|as|until|but|when|where|before|und|während|et|pendant|y|mientras|и|пока)\s)/giu;
/** Fewer words than this are no clause. */
const FEWEST_CLAUSE_WORDS = 3;

/** The text in two at the clause that ends nearest its middle; null if it is one clause. */
export function inTwo(text: string): [string, string] | null {
  const halves = [...text.matchAll(CLAUSE_ENDS)]
    .map((mark): [string, string] => [text.slice(0, mark.index), text.slice(mark.index + mark[0].length)])
    .filter((pair) => pair.every((half) => countWords(half) >= FEWEST_CLAUSE_WORDS))
    .toSorted((a, b) => Math.abs(a[0].length - a[1].length) - Math.abs(b[0].length - b[1].length))[0];
  if (!halves) return null;
  const stop = /[.!?]$/u.test(text) ? '.' : '';
  return [halves[0].trim() + stop, capitalized(halves[1].trim().replace(/^(?:and then|and|then)\s+/iu, ''))];
}

const capitalized = (text: string): string => {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
};

/** The text in at most `most` characters, cut between words with an ellipsis; a longer word is cut itself. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = leading(wordSegmenter, text, most - 1).trim() || leading(graphemeSegmenter, text, most - 1);
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
