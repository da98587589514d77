import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_WORDS, tidyWords } from '../../src/providers/heard-words.ts';
import type { SpokenWord } from '../../src/text/timed-words.ts';

const said = (word: string, startSeconds: number, endSeconds: number): SpokenWord => ({
  word,
  startSeconds,
  endSeconds,
});

const anyTime = fc.oneof(
  fc.double({ min: -5, max: 70 }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, 9_999),
);
const anyWords = fc.array(fc.record({ word: fc.string(), startSeconds: anyTime, endSeconds: anyTime }), {
  maxLength: 40,
});

test('whatever comes, times are in order and within the sound, and no word is lost that has one', () => {
  fc.assert(
    fc.property(anyWords, fc.double({ min: 0.1, max: 60, noNaN: true }), (heard, durationSeconds) => {
      const { words } = tidyWords(heard, durationSeconds);
      let last = 0;
      for (const { startSeconds, endSeconds } of words) {
        expect(startSeconds).toBeGreaterThanOrEqual(last);
        expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
        expect(endSeconds).toBeLessThanOrEqual(durationSeconds);
        last = endSeconds;
      }
    }),
  );
});

test('words whose times are right stay as they are', () => {
  const times = fc.array(fc.integer({ min: 0, max: 599 }), { maxLength: 50 });
  fc.assert(
    fc.property(times, (starts) => {
      const sorted = starts.toSorted((a, b) => a - b);
      const words = sorted.map((tenth, index) =>
        said(`w${index}`, tenth / 10, Math.min((sorted[index + 1] ?? 600) / 10, tenth / 10 + 0.4)),
      );
      expect(tidyWords(words, 60)).toEqual({ words, guessedWords: 0 });
    }),
  );
});

test('one wild word costs its own time only: not the words after it', () => {
  const words = [said('one', 1, 1.4), said('two', 990.1, 990.4), said('three', 2, 2.4), said('four', 2.5, 3)];
  expect(tidyWords(words, 1_500)).toEqual({
    words: [words[0], said('two', 1.4, 2), words[2], words[3]],
    guessedWords: 1,
  });
});

test('without any time there are no words, and no more are taken than may be', () => {
  expect(tidyWords([said('one', Number.NaN, 1), said('two', 5, 1)], 60)).toEqual({
    words: [],
    guessedWords: 0,
  });
  const many = Array.from({ length: MOST_WORDS + 1 }, (_, index) => said('a', index / 100, index / 100));
  expect(tidyWords(many, 1_800).words).toHaveLength(MOST_WORDS);
});
