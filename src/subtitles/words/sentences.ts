import type { SpokenWord } from '../../text/timed-words.ts';
import { spaceBetween } from '../../text/joined.ts';
import { sentenceStarts } from './sentence-ends.ts';
import { type Gaps, gapsOf, type Silence } from './gaps.ts';

export type Sentence = {
  text: string;
  startSeconds: number;
  endSeconds: number;
  /** Its words: `words.slice(from, to)`. */
  from: number;
  to: number;
};

export type SentencesOptions = {
  /** Tag of the language, `de`. */
  language?: string | undefined;
  /** Silences that were measured in the sound: words whose times are not measured have none between them. */
  pauses?: readonly Silence[];
  /** Times at which the picture changes, in order: where there are no marks, thoughts end there rather than elsewhere. */
  cuts?: readonly number[];
};

/** After so long a silence begins another sentence, whatever the marks say. */
const LONG_PAUSE_SECONDS = 2;
/** Where there are no marks, a shorter one ends a sentence. */
const PAUSE_SECONDS = 0.5;
/** Nobody speaks longer sentences: they are parted where the longest pause is. */
const LONGEST_SECONDS = 30;
const MOST_WORDS = 80;
/** One mark in so many words at least, or the text has none to go by. */
const WORDS_PER_MARK = 40;
const STOP = /[.!?…؟۔。！？।॥]["'”’»)\]」』]*$/u;

type Run = { from: number; to: number };
type Words = readonly SpokenWord[];

/**
 * Words as sentences: by marks, with abbreviations, initials, decimals and quotations kept together; by pauses where there are
 * no marks at all, as recognisers write, and in Thai. All words are in exactly one, in order; another speaker begins another.
 *
 * @param words in order.
 */
export function sentencesOf(words: Words, options: SentencesOptions = {}): Sentence[] {
  const gaps = gapsOf(words, options);
  return partedBy(words, { from: 0, to: words.length }, (index) => isBorder(words, gaps, index))
    .flatMap((run) => sentencesIn(words, run, gaps, options.language))
    .flatMap((run) => shortened(words, run, gaps))
    .map((run) => sentenceOf(words, run));
}

/** Whether the word cannot belong to the sentence of the one before. */
const isBorder = (words: Words, gaps: Gaps, index: number): boolean =>
  gaps.seconds(index) >= LONG_PAUSE_SECONDS || words[index]!.speaker !== words[index - 1]!.speaker;

/** Runs of words, parted before each of which it is said so. */
function partedBy(words: Words, { from, to }: Run, begins: (index: number) => boolean): Run[] {
  const runs: Run[] = [];
  let start = from;
  for (let index = from + 1; index <= to && index <= words.length; index += 1) {
    if (index < to && !begins(index)) continue;
    if (index > start) runs.push({ from: start, to: index });
    start = index;
  }
  return runs;
}

function sentencesIn(words: Words, run: Run, gaps: Gaps, language?: string): Run[] {
  const marks = words.slice(run.from, run.to).filter(({ word }) => STOP.test(word)).length;
  const isMarked =
    marks * WORDS_PER_MARK >= run.to - run.from || (marks > 0 && run.to - run.from < WORDS_PER_MARK);
  if (!isMarked)
    return partedBy(words, run, (index) => gaps.seconds(index) >= PAUSE_SECONDS || gaps.isCut(index));
  const { text, wordAt } = textOf(words, run);
  const begins = new Set(sentenceStarts(text, language).map((start) => wordAt.get(start)));
  return partedBy(words, run, (index) => begins.has(index));
}

/** The text of a run, and which word begins at which of its indices. */
function textOf(words: Words, { from, to }: Run): { text: string; wordAt: Map<number, number> } {
  const wordAt = new Map<number, number>();
  let text = '';
  for (let index = from; index < to; index += 1) {
    if (index > from) text += spaceBetween(words[index - 1]!, words[index]!);
    wordAt.set(text.length, index);
    text += words[index]!.word;
  }
  return { text, wordAt };
}

/** One that is too long is parted at its longest pause, not too near its ends; at its middle where it has none. */
function shortened(words: Words, run: Run, gaps: Gaps): Run[] {
  const pieces: Run[] = [];
  const rest = [run];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { from, to } = next;
    const count = to - from;
    const isLong =
      count > MOST_WORDS || words[to - 1]!.endSeconds - words[from]!.startSeconds > LONGEST_SECONDS;
    if (!isLong || count < 2) {
      pieces.push(next);
      continue;
    }
    const at = longestPause(gaps, from + Math.ceil(count / 4), to - Math.floor(count / 4));
    rest.push({ from: at, to }, { from, to: at });
  }
  return pieces;
}

function longestPause(gaps: Gaps, from: number, to: number): number {
  let best = Math.max(from, Math.floor((from + to) / 2));
  for (let index = from; index < to; index += 1) if (gaps.seconds(index) > gaps.seconds(best)) best = index;
  return best;
}

const sentenceOf = (words: Words, run: Run): Sentence => ({
  text: textOf(words, run).text,
  startSeconds: words[run.from]!.startSeconds,
  endSeconds: words[run.to - 1]!.endSeconds,
  ...run,
});
