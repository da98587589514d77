/** What was heard a chunk at a time, as one. Pure. */
import type { SpokenWord } from '../../../text/timed-words.ts';
import type { Stretch } from './plan-chunks.ts';

/** A chunk with its words, whose times are the video's. Speakers are told apart within it alone. */
export type HeardChunk = Stretch & { words: readonly SpokenWord[] };

/** How far apart two chunks may hear the same word, in seconds: times are off by 0.2 at the most of nine in ten. */
const SAME_SECONDS = 1;

/**
 * The words of all chunks, in order. Where two chunks heard the same, the first has the words up to the middle of the
 * longest and closest run of words that both have, and the second those after it. Where no word is the same nothing is
 * cut: a doubled sentence is a blemish, a dropped one a defect. Speakers are named `1`, `2` and so on; one that no common word tells of is another one.
 *
 * @param chunks in the order of their starts.
 */
export function mergeChunks(chunks: readonly HeardChunk[]): SpokenWord[] {
  let words: SpokenWord[] = [];
  let count = 0;
  let endSeconds = -Infinity;
  for (const chunk of chunks) {
    const seam = seamOf(words, chunk, endSeconds);
    const names = seam === null ? new Map<string, string>() : sameSpeakers(words, chunk.words, seam);
    const named = chunk.words.map((word) => {
      if (word.speaker === undefined) return word;
      const name = names.get(word.speaker) ?? String((count += 1));
      names.set(word.speaker, name);
      return { ...word, speaker: name };
    });
    words =
      seam === null
        ? inOrder([...words, ...named])
        : [...words.slice(0, seam.first + 1), ...named.slice(seam.second + 1)];
    endSeconds = Math.max(endSeconds, chunk.endSeconds);
  }
  return withoutOverlaps(words);
}

/** A word that both have: its place in the one, and in the other. */
type Pair = { first: number; second: number };

/** The last pair before the seam; null where they have no word in common. */
function seamOf(
  words: readonly SpokenWord[],
  { words: others, startSeconds }: HeardChunk,
  endSeconds: number,
) {
  const runs = runsOf(words, others, startSeconds - SAME_SECONDS, endSeconds + SAME_SECONDS);
  const weighed = runs.map((run) => ({ run, weight: weightOf(run, words, others) }));
  const [best] = weighed.toSorted((a, b) => b.weight - a.weight);
  return best?.run[Math.floor((best.run.length - 1) / 2)] ?? null;
}

/** The more words, and the closer their times: who says a word twice says it a second later as well. */
const weightOf = (run: readonly Pair[], words: readonly SpokenWord[], others: readonly SpokenWord[]) =>
  run.reduce((sum, { first, second }) => {
    const apart = Math.abs((words[first]?.startSeconds ?? 0) - (others[second]?.startSeconds ?? 0));
    return sum + 1 - apart / SAME_SECONDS;
  }, 0);

/** Runs of words that both have, one after the other. */
function runsOf(
  words: readonly SpokenWord[],
  others: readonly SpokenWord[],
  fromSeconds: number,
  toSeconds: number,
): Pair[][] {
  const runs: Pair[][] = [];
  const firstIn = words.findIndex((word) => word.startSeconds >= fromSeconds);
  if (firstIn < 0) return runs;
  for (let first = firstIn; first < words.length; first += 1) {
    for (let second = 0; (others[second]?.startSeconds ?? Infinity) <= toSeconds; second += 1) {
      const isBegun = isSame(words[first - 1], others[second - 1]) && first > firstIn;
      if (isBegun || !isSame(words[first], others[second])) continue;
      const run: Pair[] = [];
      while (isSame(words[first + run.length], others[second + run.length]))
        run.push({ first: first + run.length, second: second + run.length });
      runs.push(run);
    }
  }
  return runs;
}

function isSame(one: SpokenWord | undefined, other: SpokenWord | undefined): boolean {
  if (!one || !other || Math.abs(one.startSeconds - other.startSeconds) > SAME_SECONDS) return false;
  const plain = plainOf(one.word);
  return plain !== '' && plain === plainOf(other.word);
}

/** A word without its marks and its size. */
const plainOf = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '');

/** Names of the second chunk's speakers: those of who said most of the same words in the first. */
function sameSpeakers(words: readonly SpokenWord[], others: readonly SpokenWord[], { first, second }: Pair) {
  const votes = new Map<string, Map<string, number>>();
  for (const step of [1, -1])
    for (let at = step === 1 ? 0 : -1; isSame(words[first + at], others[second + at]); at += step) {
      const [known, told] = [words[first + at]?.speaker, others[second + at]?.speaker];
      if (known === undefined || told === undefined) continue;
      const own = votes.get(told) ?? new Map<string, number>();
      votes.set(told, own.set(known, (own.get(known) ?? 0) + 1));
    }
  const names = new Map<string, string>();
  for (const [told, own] of votes) {
    const [best] = [...own].toSorted(([, a], [, b]) => b - a);
    if (best) names.set(told, best[0]);
  }
  return names;
}

const inOrder = (words: readonly SpokenWord[]): SpokenWord[] =>
  words.toSorted((a, b) => a.startSeconds - b.startSeconds);

/** No word begins before the one before it, nor ends after the next begins. */
function withoutOverlaps(words: readonly SpokenWord[]): SpokenWord[] {
  const found: SpokenWord[] = [];
  for (const word of words) {
    const before = found.at(-1);
    const startSeconds = Math.max(word.startSeconds, before?.startSeconds ?? 0);
    if (before) before.endSeconds = Math.min(before.endSeconds, startSeconds);
    found.push({ ...word, startSeconds, endSeconds: Math.max(startSeconds, word.endSeconds) });
  }
  return found;
}
