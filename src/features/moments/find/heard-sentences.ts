import type { TimedWord } from '../../../text/timed-words.ts';
import type { FinderInput, SentenceSpan } from './finder-input.ts';

/** A sentence with its words; times do not run back, and words do not overlap. */
export type HeardSentence = {
  words: HeardWord[];
  startSeconds: number;
  endSeconds: number;
};

export type HeardWord = TimedWord & {
  /** Where it stands in the input. */
  index: number;
};

/** Recognisers' text without marks is one sentence; what takes longer than this is parted at its pauses. */
const LONGEST_SENTENCE_SECONDS = 20;
/** A cut in a pause makes it count as so much longer. */
const CUT_SECONDS = 0.5;

/**
 * The sentences of the input, with what no sentence holds as one of its own, and endless ones parted at their widest
 * pauses. Words whose times are no times, run back or lie outside the video are left out.
 */
export function heardSentences({
  words,
  sentences,
  durationSeconds,
  cuts,
  limits,
}: FinderInput): HeardSentence[] {
  const heard = heardWords(words, durationSeconds);
  const longest = Math.min(LONGEST_SENTENCE_SECONDS, limits.maxMomentLength);
  const pieces: HeardSentence[] = [];
  const atCut = withCuts(cuts);
  for (const together of bySentence(heard, sentences)) part(sentenceOf(together), longest, atCut, pieces);
  return pieces;
}

function heardWords(words: readonly TimedWord[], durationSeconds: number): HeardWord[] {
  const heard: HeardWord[] = [];
  for (const [index, { word, startSeconds, endSeconds }] of words.entries()) {
    const before = heard.at(-1);
    const isInside = startSeconds >= (before?.startSeconds ?? 0) && endSeconds <= durationSeconds;
    // A time that is no number is in no order.
    if (!isInside || !(endSeconds >= startSeconds)) continue;
    if (before) before.endSeconds = Math.min(before.endSeconds, startSeconds);
    heard.push({ word, startSeconds, endSeconds, index });
  }
  return heard;
}

/** Of sentences that overlap the earlier one has the words. */
function bySentence(heard: readonly HeardWord[], sentences: readonly SentenceSpan[]): HeardWord[][] {
  const ordered = sentences
    .filter(({ startWord, endWord }) => startWord < endWord)
    .toSorted((a, b) => a.startWord - b.startWord || a.endWord - b.endWord);
  const groups = new Map<number, HeardWord[]>();
  let next = 0;
  for (const word of heard) {
    while (next < ordered.length && (ordered[next]?.endWord ?? 0) <= word.index) next += 1;
    const isHeld = word.index >= (ordered[next]?.startWord ?? Infinity);
    // Even numbers are sentences, odd ones what lies before them.
    const key = isHeld ? 2 * next + 2 : 2 * next + 1;
    const group = groups.get(key);
    if (group) group.push(word);
    else groups.set(key, [word]);
  }
  return [...groups.values()];
}

function sentenceOf(words: HeardWord[]): HeardSentence {
  return { words, startSeconds: words[0]?.startSeconds ?? 0, endSeconds: words.at(-1)?.endSeconds ?? 0 };
}

/** By halves, so that the widest pause at one end does not make it a walk of word after word. */
function part(sentence: HeardSentence, longest: number, atCut: AtCut, pieces: HeardSentence[]): void {
  const { words, startSeconds, endSeconds } = sentence;
  if (endSeconds - startSeconds <= longest || words.length < 2) {
    pieces.push(sentence);
    return;
  }
  const at = widestPause(words, atCut);
  part(sentenceOf(words.slice(0, at)), longest, atCut, pieces);
  part(sentenceOf(words.slice(at)), longest, atCut, pieces);
}

/** The word in the middle half before which the pause is widest, of equal ones the nearest to the middle. */
function widestPause(words: readonly HeardWord[], atCut: AtCut): number {
  const middle = words.length / 2;
  let [best, widest] = [Math.max(1, Math.floor(middle)), -1];
  for (
    let at = Math.max(1, Math.floor(middle / 2));
    at <= Math.min(words.length - 1, middle * 1.5);
    at += 1
  ) {
    const [from, to] = [words[at - 1]?.endSeconds ?? 0, words[at]?.startSeconds ?? 0];
    const pause = to - from + (atCut(from, to) ? CUT_SECONDS : 0);
    const isNearer = pause === widest && Math.abs(at - middle) < Math.abs(best - middle);
    if (pause > widest || isNearer) [best, widest] = [at, pause];
  }
  return best;
}

/** Whether a cut lies between two times. */
type AtCut = (from: number, to: number) => boolean;

function withCuts(cuts: readonly number[]): AtCut {
  const sorted = Float64Array.from(cuts).toSorted();
  return (from, to) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return (sorted[low] ?? Infinity) <= to;
  };
}
