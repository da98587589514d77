import { expect, test } from 'vitest';
import { findMoments } from '../../src/features/moments/find/find-moments.ts';
import { readTalk, spoken } from './talk.ts';

const LIMITS = { minMomentLength: 15, maxMomentLength: 60, minMoments: 10, maxMoments: 20 };
const WORDS = 30_000;

const cpuSeconds = (work: () => void) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** The least of three: others share the machine. */
const least = (work: () => void) => Math.min(...Array.from({ length: 3 }, () => cpuSeconds(work)));

test('three hours of talk take less than a second', () => {
  const { words, sentences } = readTalk('bridges.en.txt');
  const texts = sentences.map(({ startWord, endWord }) =>
    words
      .slice(startWord, endWord)
      .map(({ word }) => word)
      .join(' '),
  );
  const talk = spoken(Array.from({ length: Math.ceil(WORDS / words.length) }, () => texts).flat());
  expect(talk.words.length).toBeGreaterThanOrEqual(WORDS);
  const input = { ...talk, cuts: [], language: 'en', limits: LIMITS };
  expect(findMoments(input).moments.length).toBeGreaterThanOrEqual(LIMITS.minMoments);
  expect(least(() => findMoments(input))).toBeLessThan(1);
});

test('three hours of sentences of one word, and of one sentence without a pause, take less than two', () => {
  const words = Array.from({ length: WORDS }, (_, i) => ({
    word: `word${i % 3_000}`,
    startSeconds: i * 0.36,
    endSeconds: (i + 1) * 0.36,
  }));
  const base = {
    words,
    durationSeconds: WORDS,
    cuts: [],
    language: 'en',
    limits: { ...LIMITS, minMoments: 60, maxMoments: 80 },
  };
  const short = words.map((_, i) => ({ startWord: i, endWord: i + 1 }));
  expect(least(() => findMoments({ ...base, sentences: short }))).toBeLessThan(2);
  expect(least(() => findMoments({ ...base, sentences: [{ startWord: 0, endWord: WORDS }] }))).toBeLessThan(
    2,
  );
});
