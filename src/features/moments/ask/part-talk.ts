/** Which sentences are asked about at once. Pure. */

/** A sentence of a transcript. */
export type AskedSentence = { text: string; startSeconds: number; endSeconds: number };

/** Sentences from the first to the last of these places, both included. */
export type SentenceRange = { first: number; last: number };

/** Letters of a part; some 30,000 tokens in English, two hours of a talk: far below what models read, and a bill that a failure may cost twice. */
const LONGEST_PART = 120_000;
/** What a number and a length add to a sentence. */
const LINE_LETTERS = 16;

/**
 * The parts of a talk, in order, each with `overlapSeconds` of the one before, so that no moment is parted by a seam.
 *
 * @param overlapSeconds the longest that a moment may be.
 */
export function partTalk(
  sentences: readonly AskedSentence[],
  overlapSeconds: number,
  longest = LONGEST_PART,
): SentenceRange[] {
  const parts: SentenceRange[] = [];
  for (let first = 0; first < sentences.length;) {
    let last = first;
    let letters = lettersOf(sentences[first]);
    while (last + 1 < sentences.length && letters + lettersOf(sentences[last + 1]) <= longest) {
      last += 1;
      letters += lettersOf(sentences[last]);
    }
    parts.push({ first, last });
    if (last + 1 === sentences.length) break;
    const end = sentences[last]?.endSeconds ?? 0;
    let next = last + 1;
    while (next - 1 > first && end - (sentences[next - 1]?.startSeconds ?? 0) <= overlapSeconds) next -= 1;
    first = next;
  }
  return parts;
}

const lettersOf = (sentence: AskedSentence | undefined): number =>
  (sentence?.text.length ?? 0) + LINE_LETTERS;
