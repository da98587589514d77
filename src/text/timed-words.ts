/** Words and when they are said. Pure. */

/** A word and when it is said. Its end is never before its start. */
export type TimedWord = {
  /** As it is printed, with the marks that belong to it: `“Well,`. */
  word: string;
  startSeconds: number;
  endSeconds: number;
  /** A space stands behind it although its script puts none between words, as in Thai between phrases. */
  isSpaced?: true;
};

/** A word that is said, by somebody where that is known. */
export type SpokenWord = TimedWord & { speaker?: string };

/**
 * The words of a clip, with times from its start: those whose middle lies in it, so that of two clips that meet only one has a word. None
 * begins before the clip or ends after it.
 */
export const wordsWithin = <T extends TimedWord>(
  words: readonly T[],
  startSeconds: number,
  endSeconds: number,
): T[] => {
  const held = (seconds: number) => Math.min(Math.max(seconds, startSeconds), endSeconds) - startSeconds;
  return words.filter(hasMiddleIn(startSeconds, endSeconds)).map((word) => ({
    ...word,
    startSeconds: held(word.startSeconds),
    endSeconds: held(word.endSeconds),
  }));
};

const hasMiddleIn = (from: number, to: number) => (word: TimedWord) => {
  const middle = (word.startSeconds + word.endSeconds) / 2;
  return middle >= from && middle < to;
};
