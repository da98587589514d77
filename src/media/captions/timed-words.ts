/** Words and when they are said. Pure. */

export type TimedWord = { text: string; startSeconds: number; endSeconds: number };

/** Less of a word than this is not heard as one. */
const HEARD_SECONDS = 0.04;

/** The words that are heard in a stretch of a film, on the clock of a clip that is cut there, in order. */
export function wordsOfClip(
  words: readonly TimedWord[],
  fromSeconds: number,
  toSeconds: number,
): TimedWord[] {
  return words
    .map(({ text, startSeconds, endSeconds }) => ({
      text: plain(text),
      startSeconds: Math.max(startSeconds, fromSeconds) - fromSeconds,
      endSeconds: Math.min(endSeconds, toSeconds) - fromSeconds,
    }))
    .filter(({ text, startSeconds, endSeconds }) => text !== '' && endSeconds - startSeconds >= HEARD_SECONDS)
    .toSorted((a, b) => a.startSeconds - b.startSeconds);
}

/** One line without anything that only machines see. */
const plain = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .normalize('NFC');

/** Scripts that are written without spaces between words. */
const SPACELESS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** What stands between two words. */
export const gapBetween = (before: string, after: string): '' | ' ' =>
  SPACELESS.test(before.slice(-1)) && SPACELESS.test(after.slice(0, 1)) ? '' : ' ';
