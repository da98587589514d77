import type { TimedWord } from '../../text/timed-words.ts';

export type Silence = { startSeconds: number; endSeconds: number };

/** What lies before each word. */
export type Gaps = {
  /** The silence between a word and the one before it: by their times, or as it was measured around them. */
  seconds: (index: number) => number;
  /** Whether the picture changes between them. */
  isCut: (index: number) => boolean;
};

type Measured = { pauses?: readonly Silence[]; cuts?: readonly number[] };

/** How far words reach over a cut that is between them: as exact as aligned words are. */
const NEAR_SECONDS = 0.08;

/** The gaps of words in order. Each silence that lies between the middles of two words is theirs. */
export function gapsOf(words: readonly TimedWord[], { pauses = [], cuts = [] }: Measured): Gaps {
  const longest = new Map<number, number>();
  for (const { startSeconds, endSeconds } of pauses) {
    const index = wordAfter(words, (startSeconds + endSeconds) / 2);
    const isBetween = index > 0 && index < words.length;
    if (isBetween) longest.set(index, Math.max(longest.get(index) ?? 0, endSeconds - startSeconds));
  }
  const isCut = new Set(cuts.map((cut) => cutBefore(words, cut)));
  return {
    seconds: (index) =>
      Math.max(
        longest.get(index) ?? 0,
        (words[index]?.startSeconds ?? 0) - (words[index - 1]?.endSeconds ?? 0),
      ),
    isCut: (index) => isCut.has(index),
  };
}

const middleOf = ({ startSeconds, endSeconds }: TimedWord): number => (startSeconds + endSeconds) / 2;

/** The first word whose middle is not before a time. */
function wordAfter(words: readonly TimedWord[], seconds: number): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const half = Math.floor((low + high) / 2);
    if (middleOf(words[half]!) < seconds) low = half + 1;
    else high = half;
  }
  return low;
}

/** The word that a cut stands before; none where it falls into a word. */
function cutBefore(words: readonly TimedWord[], cut: number): number | null {
  const index = wordAfter(words, cut);
  const [before, after] = [words[index - 1], words[index]];
  if (!before || !after) return null;
  return before.endSeconds <= cut + NEAR_SECONDS && after.startSeconds >= cut - NEAR_SECONDS ? index : null;
}
