/** When the offline voice says which word. */
import { describe, expect, test } from 'vitest';
import { soundsOf, timesOf } from '../../src/providers/animatic/clip/word-times.ts';

const soundsFrom = (told: string) => soundsOf(told).map(({ sound }) => sound);

describe('words are found among sounds', () => {
  const told = 'pau:0.2 dh:0.25 ax:0.3 k:0.4 ae:0.5 t:0.6 pau:0.9 s:1.0 ae:1.1 t:1.2 pau:1.4';

  test('that are the same as alone', () => {
    const words = [
      ['dh', 'ax'],
      ['k', 'ae', 't'],
      ['s', 'ae', 't'],
    ];
    expect(timesOf(soundsOf(told), words)).toEqual([
      { startSeconds: 0.2, endSeconds: 0.3 },
      { startSeconds: 0.3, endSeconds: 0.6 },
      { startSeconds: 0.9, endSeconds: 1.2 },
    ]);
  });

  test('though some are others in a sentence, or swallowed', () => {
    const words = [['dh', 'iy'], ['k', 'ae', 't', 's'], [], ['s', 'ae', 'd']];
    expect(timesOf(soundsOf(told), words)).toMatchObject([
      { startSeconds: 0.2 },
      { startSeconds: 0.3 },
      {},
      { startSeconds: 0.9 },
    ]);
    expect(soundsFrom(told)).toEqual(['dh', 'ax', 'k', 'ae', 't', 's', 'ae', 't']);
  });
});
