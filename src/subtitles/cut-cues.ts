import { type Cue, type TimedWord, toMilliseconds } from './cue.ts';
import { captionsOf } from './words/captions.ts';

type Word = TimedWord & { speaker?: string };

/**
 * The captions of a clip, from its own start: of each word that is heard for at least half of its time, and of no other. The first begins
 * no earlier than the clip, and the last ends with it.
 *
 * @param words of the whole film, in order.
 */
export const cutCues = (
  words: readonly Word[],
  startSeconds: number,
  endSeconds: number,
  language?: string,
): Cue[] =>
  captionsOf(wordsWithin(words, startSeconds, endSeconds), language, {
    endSeconds: endSeconds - startSeconds,
  });

/** The words of a clip with times from its start. */
export function wordsWithin<T extends Word>(
  words: readonly T[],
  startSeconds: number,
  endSeconds: number,
): T[] {
  const held = (seconds: number) =>
    toMilliseconds(Math.min(Math.max(seconds, startSeconds), endSeconds) - startSeconds);
  return words
    .filter((word) => isHeard(word, startSeconds, endSeconds))
    .map((word) => ({ ...word, startSeconds: held(word.startSeconds), endSeconds: held(word.endSeconds) }));
}

function isHeard(word: Word, startSeconds: number, endSeconds: number): boolean {
  const middle = (word.startSeconds + word.endSeconds) / 2;
  return middle >= startSeconds && middle < endSeconds;
}
