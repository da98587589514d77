import fc from 'fast-check';
import type { FinderInput } from '../../src/features/moments/find/finder-input.ts';

const VOCABULARY =
  'why I never lost the slide, thank you 42 days. She said: "No!" ähm nobody river bread salt'.split(' ');

type Shape = { words: { letters: number; pause: number }[]; sentenceSizes: number[] };

const shape: fc.Arbitrary<Shape> = fc.record({
  words: fc.array(fc.record({ letters: fc.nat(VOCABULARY.length - 1), pause: fc.nat(20) }), {
    maxLength: 150,
  }),
  sentenceSizes: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }),
});

const limits = fc
  .record({
    shortest: fc.integer({ min: 1, max: 20 }),
    more: fc.nat(30),
    fewest: fc.nat(6),
    extra: fc.nat(4),
  })
  .map(({ shortest, more, fewest, extra }) => ({
    minMomentLength: shortest,
    maxMomentLength: shortest + more,
    minMoments: fewest,
    maxMoments: Math.max(1, fewest + extra),
  }));

/** Talks of any shape, in quarters of seconds so that times add up; sentences are none longer than three seconds. */
export const anyTalk: fc.Arbitrary<FinderInput> = fc
  .record({ shape, limits, language: fc.constantFrom('en', 'de', 'es', 'fr'), cuts: fc.array(fc.nat(200)) })
  .map(({ shape: { words: shaped, sentenceSizes }, ...rest }) => {
    let at = 0;
    const words = shaped.map(({ letters, pause }) => {
      const startSeconds = at;
      at += 0.25 + pause / 4;
      return { word: VOCABULARY[letters] ?? '', startSeconds, endSeconds: startSeconds + 0.25 };
    });
    let from = 0;
    const sentences = sentenceSizes.map((size) => {
      const startWord = from;
      from += size;
      return { startWord, endWord: from };
    });
    return { words, sentences, durationSeconds: at + 1, ...rest };
  });

const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -5, max: 50 }));

/** What no careful caller gives: numbers that are none, times that run back, words that are not there. */
export const anyNonsense: fc.Arbitrary<FinderInput> = fc.record({
  words: fc.array(
    fc.record({ word: fc.string({ unit: 'grapheme' }), startSeconds: anyNumber, endSeconds: anyNumber }),
  ),
  sentences: fc.array(fc.record({ startWord: anyNumber, endWord: anyNumber })),
  // Long ones only take longer.
  durationSeconds: fc.oneof(
    fc.constantFrom(Number.NaN, Infinity, -1, 0, Number.MIN_VALUE),
    fc.double({ min: 0, max: 200, noNaN: true }),
  ),
  cuts: fc.array(anyNumber),
  loudness: fc.record({ stepSeconds: anyNumber, values: fc.array(anyNumber) }),
  reactions: fc.array(fc.record({ startSeconds: anyNumber, endSeconds: anyNumber, kind: fc.string() })),
  frameWords: fc.array(fc.string()),
  language: fc.string(),
  limits: fc.record({
    minMomentLength: anyNumber,
    maxMomentLength: anyNumber,
    minMoments: fc.integer({ min: -1, max: 20 }),
    maxMoments: fc.integer({ min: -1, max: 20 }),
  }),
});
