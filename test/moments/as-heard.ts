import type { SentenceSpan } from '../../src/features/moments/find/finder-input.ts';
import type { Talk } from './talk.ts';

/** A recogniser parts what it hears at pauses of this length. */
const PAUSE_SECONDS = 0.5;
/** One word in so many is another one: what a free recogniser makes of clean speech. */
const WRONG_EVERY = 4;

/** The talk as a free recogniser writes it: no marks, no capitals, parted at pauses only, every fourth word a wrong one. */
export function asHeard(talk: Talk): Talk {
  const plain = talk.words.map(({ word }) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}'-]/gu, ''));
  const words = talk.words.map((word, i) => ({
    ...word,
    // Far enough to be of another sentence.
    word: plain[i % WRONG_EVERY === WRONG_EVERY - 1 ? (i * 7 + 101) % plain.length : i] ?? '',
  }));
  return { ...talk, words, sentences: byPauses(talk) };
}

function byPauses({ words }: Talk): SentenceSpan[] {
  const starts = words.flatMap(({ startSeconds }, i) =>
    startSeconds - (words[i - 1]?.endSeconds ?? -Infinity) >= PAUSE_SECONDS ? [i] : [],
  );
  return starts.map((startWord, i) => ({ startWord, endWord: starts[i + 1] ?? words.length }));
}
