/** Words as models hear them, made fit to be kept: their times are in order and within the sound. Pure. */
import { cleanText } from '../core/outside-text.ts';
import type { SpokenWord } from '../text/timed-words.ts';

/** Most words that are taken of one answer; ours: half an hour at three times the speed of a quick speaker. */
export const MOST_WORDS = 20_000;
/** Most of a text without words, in UTF-16 units. */
export const LONGEST_TEXT = 400_000;
const LONGEST_WORD = 200;
const LONGEST_LABEL = 50;
/** No word is said for longer, in seconds: such an end is none (answers of Gemini, 2026-09). */
const LONGEST_SECONDS = 3;
/** What a word takes where nobody says, in seconds. */
const USUAL_SECONDS = 0.3;
/** Times within so many seconds after the end of the sound are those of its end. */
const SLACK_SECONDS = 1;

type Placed = SpokenWord & { isPlaced: boolean };

/**
 * Words in the order in which they came. A word whose times are none (it ends before it starts, or starts outside the sound), or
 * run against those around it, gets a share of the time between its neighbours. Empty where no word has a time.
 */
export function tidyWords(
  heard: readonly SpokenWord[],
  durationSeconds: number,
): { words: SpokenWord[]; guessedWords: number } {
  const placed = heard
    .slice(0, MOST_WORDS)
    .map((word) => cleanWord(word, durationSeconds))
    .filter(({ word }) => word !== '');
  const inOrder = longestRise(placed);
  if (inOrder.size === 0) return { words: [], guessedWords: 0 };
  const words = placed.map((word, index) => ({ ...word, isPlaced: inOrder.has(index) }));
  fillIn(words, durationSeconds);
  return {
    words: words.map(({ isPlaced: _isPlaced, ...word }, index) => ({
      ...word,
      endSeconds: Math.max(
        word.startSeconds,
        Math.min(word.endSeconds, words[index + 1]?.startSeconds ?? durationSeconds),
      ),
    })),
    guessedWords: words.length - inOrder.size,
  };
}

function cleanWord({ word, startSeconds, endSeconds, speaker }: SpokenWord, durationSeconds: number): Placed {
  const isPlaced =
    startSeconds >= 0 && startSeconds <= durationSeconds + SLACK_SECONDS && endSeconds >= startSeconds;
  const start = Math.min(startSeconds, durationSeconds);
  const isLong = endSeconds - startSeconds > LONGEST_SECONDS;
  return {
    word: cleanText(word, LONGEST_WORD).trim(),
    startSeconds: start,
    endSeconds: Math.min(isLong ? start + USUAL_SECONDS : endSeconds, durationSeconds),
    ...(speaker !== undefined && { speaker: cleanText(speaker, LONGEST_LABEL) }),
    isPlaced,
  };
}

/** Indices of the most words whose starts do not run back: the others are those that are wrong. */
function longestRise(words: readonly Placed[]): Set<number> {
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  const startOf = (index: number | undefined) => words[index ?? -1]?.startSeconds ?? -Infinity;
  for (const [index, { isPlaced, startSeconds }] of words.entries()) {
    if (!isPlaced) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startOf(ends[middle]) <= startSeconds) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1];
    ends[low] = index;
  }
  const rise = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) rise.add(at);
  return rise;
}

/** Gives words without a place the time between those that have one, in equal shares. */
function fillIn(words: Placed[], durationSeconds: number): void {
  for (let first = 0; first < words.length; first += 1) {
    if (words[first]?.isPlaced) continue;
    let next = first;
    while (next < words.length && !words[next]?.isPlaced) next += 1;
    const count = next - first;
    const from = words[first - 1];
    const until = words[next]?.startSeconds;
    const begin = from ? Math.min(from.endSeconds, until ?? durationSeconds) : 0;
    const end = until ?? Math.min(durationSeconds, begin + count * USUAL_SECONDS);
    const start = from ? begin : Math.max(0, end - count * USUAL_SECONDS);
    for (const [nth, word] of words.slice(first, next).entries()) {
      word.startSeconds = start + ((end - start) * nth) / count;
      word.endSeconds = start + ((end - start) * (nth + 1)) / count;
    }
    first = next;
  }
}
