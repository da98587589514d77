import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findFromSound } from '../../src/features/moments/find/find-from-sound.ts';
import { findMoments } from '../../src/features/moments/find/find-moments.ts';
import type { FinderInput } from '../../src/features/moments/find/finder-input.ts';
import type { FoundMoment } from '../../src/features/moments/find/found-moments.ts';
import { heardSentences } from '../../src/features/moments/find/heard-sentences.ts';
import { anyNonsense, anyTalk } from './any-talk.ts';

/** Moments of any talk: inside it, within lengths, beside each other, scored, no more than wanted. */
function expectSane(moments: readonly FoundMoment[], { durationSeconds, limits }: FinderInput): void {
  const inTime = moments.toSorted((a, b) => a.startSeconds - b.startSeconds);
  for (const [i, { startSeconds, endSeconds, score }] of inTime.entries()) {
    expect(startSeconds).toBeGreaterThanOrEqual(inTime[i - 1]?.endSeconds ?? 0);
    expect(endSeconds).toBeLessThanOrEqual(durationSeconds);
    expect(endSeconds - startSeconds).toBeGreaterThanOrEqual(limits.minMomentLength - 1e-6);
    expect(endSeconds - startSeconds).toBeLessThanOrEqual(limits.maxMomentLength + 1e-6);
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(10);
  }
  expect(moments.length).toBeLessThanOrEqual(Math.max(0, limits.maxMoments));
  const scores = moments.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
}

/** The most that find room: always the one that ends first. */
function roomFor(input: FinderInput): number {
  const sentences = heardSentences(input);
  const { minMomentLength, maxMomentLength } = input.limits;
  let [count, from] = [0, 0];
  for (const [last, { endSeconds }] of sentences.entries()) {
    const lengths = sentences.slice(from, last + 1).map(({ startSeconds }) => endSeconds - startSeconds);
    if (lengths.some((length) => length >= minMomentLength && length <= maxMomentLength))
      [count, from] = [count + 1, last + 1];
  }
  return count;
}

test('moments of any talk fit it, and there are as many as were asked for or find room', () => {
  fc.assert(
    fc.property(anyTalk, (input) => {
      const { moments, shortfall } = findMoments(input);
      expectSane(moments, input);
      const { minMoments } = input.limits;
      expect(moments.length).toBeGreaterThanOrEqual(Math.min(minMoments, roomFor(input)));
      expect(shortfall === null).toBe(moments.length >= minMoments);
    }),
  );
});

test('moments begin and end with sentences, and their times are those of words', () => {
  fc.assert(
    fc.property(anyTalk, (input) => {
      const pieces = heardSentences(input);
      const starts = pieces.map(({ words }) => words[0]?.index);
      const ends = pieces.map(({ words }) => (words.at(-1)?.index ?? 0) + 1);
      for (const { startWord, endWord, startSeconds, endSeconds } of findMoments(input).moments) {
        expect(starts).toContain(startWord);
        expect(ends).toContain(endWord);
        expect(startSeconds).toBe(input.words[startWord]?.startSeconds);
        expect(endSeconds).toBe(input.words[endWord - 1]?.endSeconds);
      }
    }),
  );
});

test('the same talk gives the same moments', () => {
  fc.assert(
    fc.property(anyTalk, (input) => {
      expect(findMoments(structuredClone(input))).toEqual(findMoments(input));
    }),
  );
});

test('shots without words give moments that fit', () => {
  fc.assert(
    fc.property(anyTalk, (input) => {
      const { moments, foundBy } = findFromSound(input);
      expect(foundBy).toBe('FROM_SOUND');
      expectSane(moments, input);
    }),
  );
});

test('nonsense is no reason to throw', () => {
  fc.assert(
    fc.property(anyNonsense, (input) => {
      expect(() => findMoments(input)).not.toThrow();
      expectSane(findMoments(input).moments, input);
      expectSane(findFromSound(input).moments, input);
    }),
    { numRuns: 30 },
  );
});
