import { joined } from '../../text/joined.ts';
import type { SpokenWord } from '../../text/timed-words.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

/** What is said: all words are in exactly one sentence, in order. */
export type Talk = { text: string; words: SpokenWord[]; sentences: Sentence[] };

/**
 * Words as a text, and as the sentences that they make, whoever heard them. Pure.
 *
 * @param words in order.
 * @param language its tag; undefined, or `und`, where nobody knows.
 */
export const talkOf = (words: SpokenWord[], language?: string): Talk => ({
  text: joined(words),
  words,
  sentences: sentencesOf(words, { language }),
});
