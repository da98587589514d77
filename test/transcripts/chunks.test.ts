/** Parting a long sound and putting together what was heard of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeChunks } from '../../src/features/transcripts/hear/merge-chunks.ts';
import { planChunks, type Stretch } from '../../src/features/transcripts/hear/plan-chunks.ts';
import type { SpokenWord } from '../../src/text/timed-words.ts';

const stretch = fc
  .tuple(fc.double({ min: -10, max: 11_000, noNaN: true }), fc.double({ min: 0, max: 400, noNaN: true }))
  .map(([startSeconds, length]): Stretch => ({ startSeconds, endSeconds: startSeconds + length }));
const anySilences = fc.array(stretch, { maxLength: 40 });
const anyDuration = fc.double({ min: 0.1, max: 10_000, noNaN: true });

describe('chunks', () => {
  test('are no longer than may be, in order, and hold everything that is not silent', () => {
    fc.assert(
      fc.property(anyDuration, anySilences, (durationSeconds, silences) => {
        const chunks = planChunks(durationSeconds, silences);
        for (const [index, { startSeconds, endSeconds }] of chunks.entries()) {
          expect(endSeconds - startSeconds).toBeLessThanOrEqual(1_500 + 1e-6);
          expect(startSeconds).toBeGreaterThanOrEqual(chunks[index - 1]?.startSeconds ?? 0);
          expect(endSeconds).toBeLessThanOrEqual(durationSeconds);
        }
        for (let at = 0; at < durationSeconds; at += durationSeconds / 97) {
          const isSilent = silences.some((each) => each.startSeconds <= at && each.endSeconds >= at);
          const isHeard = chunks.some((each) => each.startSeconds <= at && each.endSeconds >= at);
          expect(isSilent || isHeard).toBe(true);
        }
      }),
    );
  });

  test('meet in the middle of the longest silence in reach, and overlap there', () => {
    const silences = [
      { startSeconds: 1_000, endSeconds: 1_002 },
      { startSeconds: 1_300, endSeconds: 1_310 },
    ];
    expect(planChunks(2_000, silences)).toEqual([
      { startSeconds: 0, endSeconds: 1_312.5 },
      { startSeconds: 1_297.5, endSeconds: 2_000 },
    ]);
  });

  test('of what is silent nothing is heard', () => {
    expect(planChunks(3_600, [{ startSeconds: 0, endSeconds: 3_600 }])).toEqual([]);
    expect(planChunks(100, [{ startSeconds: 0, endSeconds: 40 }])).toEqual([
      { startSeconds: 39, endSeconds: 100 },
    ]);
  });
});

const word = (text: string, startSeconds: number, speaker?: string): SpokenWord => ({
  word: text,
  startSeconds,
  endSeconds: startSeconds + 0.3,
  ...(speaker !== undefined && { speaker }),
});
const textOf = (words: readonly SpokenWord[]) => words.map((each) => each.word).join(' ');
const within = (words: readonly SpokenWord[], startSeconds: number, endSeconds: number) => ({
  startSeconds,
  endSeconds,
  words: words.filter((each) => each.startSeconds >= startSeconds && each.endSeconds <= endSeconds),
});

describe('what two chunks heard', () => {
  const talk = fc.array(fc.constantFrom('we', 'go', 'to', 'the', 'sea', 'now'), {
    minLength: 1,
    maxLength: 60,
  });

  test('comes to what was said, wherever they meet', () => {
    fc.assert(
      fc.property(
        talk,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 2, max: 12 }),
        (texts, seam, overlap) => {
          const said = texts.map((text, index) => word(text, index));
          const chunks = [within(said, 0, seam + overlap), within(said, seam, 1_000)];
          expect(mergeChunks(chunks)).toEqual(said);
        },
      ),
      // A word that is said over and over, and ends where the first chunk does.
      {
        examples: [
          [['we', 'we', 'we', 'we', 'go', 'go'], 5, 2],
          [Array(8).fill('go'), 5, 2],
        ],
      },
    );
  });

  test('is kept from both where no word is the same', () => {
    const merged = mergeChunks([
      { startSeconds: 0, endSeconds: 12, words: [word('one', 1), word('two', 10), word('three', 11)] },
      { startSeconds: 9, endSeconds: 20, words: [word('zwei', 10.1), word('drei', 11.1), word('vier', 15)] },
    ]);
    expect(textOf(merged).split(' ').toSorted()).toEqual(['drei', 'one', 'three', 'two', 'vier', 'zwei']);
    const starts = merged.map(({ startSeconds }) => startSeconds);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });

  test('loses nothing outside of what they share, whatever they heard there', () => {
    const heard = fc.array(fc.constantFrom('ah', 'oh', 'so', 'no'), { maxLength: 10 });
    fc.assert(
      fc.property(heard, heard, (ending, beginning) => {
        const first = [word('alpha', 0), ...ending.map((text, index) => word(text, 10 + index))];
        const second = [...beginning.map((text, index) => word(text, 10.2 + index)), word('omega', 40)];
        const merged = mergeChunks([
          { startSeconds: 0, endSeconds: 21, words: first },
          { startSeconds: 9, endSeconds: 50, words: second },
        ]);
        expect([merged.at(0)?.word, merged.at(-1)?.word]).toEqual(['alpha', 'omega']);
        let last = 0;
        for (const { startSeconds, endSeconds } of merged) {
          expect(startSeconds).toBeGreaterThanOrEqual(last);
          expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
          last = endSeconds;
        }
      }),
    );
  });

  test('words differ in marks and size only, and are the same', () => {
    const merged = mergeChunks([
      { startSeconds: 0, endSeconds: 12, words: [word('Well', 9), word('then,', 10), word('go', 11)] },
      { startSeconds: 9, endSeconds: 20, words: [word('Then', 10.2), word('go', 11.1), word('on.', 12)] },
    ]);
    expect(textOf(merged)).toBe('Well then, go on.');
  });

  test('speakers go on where the same words tell, whatever they are called; others are new', () => {
    const merged = mergeChunks([
      {
        startSeconds: 0,
        endSeconds: 12,
        words: [word('hi', 1, 'spk:0'), word('you', 10, 'spk:1'), word('too', 11, 'spk:1')],
      },
      {
        startSeconds: 9,
        endSeconds: 20,
        words: [word('you', 10, 'spk:0'), word('too', 11, 'spk:0'), word('hm', 15, 'spk:1')],
      },
    ]);
    expect(merged.map(({ speaker }) => speaker)).toEqual(['1', '2', '2', '3']);
  });
});
