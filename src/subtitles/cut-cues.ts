import { type SpokenWord, wordsWithin } from '../text/timed-words.ts';
import type { Cue } from './cue.ts';
import { captionsOf } from './words/captions.ts';

/**
 * The captions of a clip, from its own start, with the words that `wordsWithin` finds in it, as those that are burnt into its pictures. The
 * first begins no earlier than the clip, and the last ends with it.
 *
 * @param words of the whole film, in order.
 */
export const cutCues = (
  words: readonly SpokenWord[],
  startSeconds: number,
  endSeconds: number,
  language?: string,
): Cue[] =>
  captionsOf(wordsWithin(words, startSeconds, endSeconds), language, {
    endSeconds: endSeconds - startSeconds,
  });
