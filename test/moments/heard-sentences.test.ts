import { expect, test } from 'vitest';
import type { FinderInput } from '../../src/features/moments/find/finder-input.ts';
import { heardSentences } from '../../src/features/moments/find/heard-sentences.ts';
import type { TimedWord } from '../../src/text/timed-words.ts';

/** A word a second, said in a fifth of it. */
const word = (startSeconds: number): TimedWord => ({
  word: `w${startSeconds}`,
  startSeconds,
  endSeconds: startSeconds + 0.2,
});
const seconds = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => word(from + i));

const heard = (words: TimedWord[], more: Partial<FinderInput> = {}) =>
  heardSentences({
    words,
    sentences: [{ startWord: 0, endWord: words.length }],
    durationSeconds: 1_000,
    cuts: [],
    language: 'en',
    limits: { minMomentLength: 10, maxMomentLength: 60, minMoments: 1, maxMoments: 5 },
    ...more,
  }).map(({ words: own }) => own.map(({ index }) => index));

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('what no sentence holds is one of its own', () => {
  const sentences = [
    { startWord: 2, endWord: 4 },
    { startWord: 5, endWord: 6 },
  ];
  expect(heard(seconds(0, 8), { sentences })).toEqual([[0, 1], [2, 3], [4], [5], [6, 7]]);
});

test('of two sentences that overlap the earlier one has the words', () => {
  const sentences = [
    { startWord: 3, endWord: 6 },
    { startWord: 0, endWord: 4 },
  ];
  expect(heard(seconds(0, 6), { sentences })).toEqual([
    [0, 1, 2, 3],
    [4, 5],
  ]);
});

test('what takes longer than twenty seconds is parted at the widest pause near its middle', () => {
  expect(heard([...seconds(0, 14), ...seconds(15, 28)])).toEqual([range(0, 14), range(14, 27)]);
});

test('a cut in a pause makes it the wider one', () => {
  expect(heard(seconds(0, 26), { cuts: [9.5] })).toEqual([range(0, 10), range(10, 26)]);
});

test('words that are out of order, outside the video or of no time are left out', () => {
  const words = [
    word(1),
    { word: 'back', startSeconds: 0.5, endSeconds: 0.7 },
    { word: 'no', startSeconds: Number.NaN, endSeconds: 2 },
    { word: 'ends', startSeconds: 3, endSeconds: 2.5 },
    word(4),
    word(2_000),
  ];
  expect(heard(words)).toEqual([[0, 4]]);
});

test('a word that runs into the next one ends where that begins', () => {
  const [sentence] = heardSentences({
    words: [{ word: 'long', startSeconds: 0, endSeconds: 5 }, word(2)],
    sentences: [{ startWord: 0, endWord: 1 }],
    durationSeconds: 10,
    cuts: [],
    language: 'en',
    limits: { minMomentLength: 1, maxMomentLength: 9, minMoments: 1, maxMoments: 1 },
  });
  expect(sentence).toMatchObject({ startSeconds: 0, endSeconds: 2 });
});
