import { type TimedWord, wordsWithin } from '../../text/timed-words.ts';

/** The words that stand in a clip's captions, on its own clock, in order. Pure. */
export const wordsOfClip = (
  words: readonly TimedWord[],
  fromSeconds: number,
  toSeconds: number,
): TimedWord[] =>
  wordsWithin(words, fromSeconds, toSeconds)
    .map((timed) => ({ ...timed, word: plain(timed.word) }))
    .filter(({ word }) => word !== '')
    .toSorted((a, b) => a.startSeconds - b.startSeconds);

/** One line without anything that only machines see. */
const plain = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .normalize('NFC');
