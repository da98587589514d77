import { expect, test } from 'vitest';
import { chosen } from '../../src/features/moments/find/choose.ts';

const window = (first: number, last: number, score: number) => ({ first, last, score });
const limits = (minMoments: number, maxMoments: number) => ({
  minMomentLength: 1,
  maxMomentLength: 9,
  minMoments,
  maxMoments,
});
const never = () => false;
/** The first two stretches are on the same subject. */
const sameAtFirst = (a: { first: number }, b: { first: number }) => a.first + b.first === 1;

test('the best come first, none over another; of equal ones the earlier', () => {
  const windows = [window(4, 5, 7), window(0, 1, 7), window(1, 2, 9), window(6, 7, 6)];
  expect(chosen(windows, limits(1, 3), never)).toEqual([window(1, 2, 9), window(4, 5, 7), window(6, 7, 6)]);
  expect(chosen(windows.slice(0, 2), limits(1, 1), never)).toEqual([window(0, 1, 7)]);
});

test('what is below the average fills the floor, and no more', () => {
  const windows = [window(0, 0, 8), window(1, 1, 4), window(2, 2, 3), window(3, 3, 2)];
  expect(chosen(windows, limits(2, 4), never)).toEqual([window(0, 0, 8), window(1, 1, 4)]);
});

test('a subject that was chosen returns for the floor only', () => {
  const windows = [window(0, 0, 9), window(1, 1, 8), window(2, 2, 6)];
  expect(chosen(windows, limits(1, 3), sameAtFirst)).toEqual([window(0, 0, 9), window(2, 2, 6)]);
  expect(chosen(windows, limits(3, 3), sameAtFirst)).toHaveLength(3);
});

test('where the best one takes the room of two, the floor is kept without it', () => {
  const windows = [window(0, 1, 6), window(1, 2, 9), window(2, 3, 7), window(2, 3, 5)];
  expect(chosen(windows, limits(2, 2), never)).toEqual([window(2, 3, 7), window(0, 1, 6)]);
  expect(chosen(windows, limits(1, 2), never)).toEqual([window(1, 2, 9)]);
});

test('a floor above the most is the most', () => {
  const windows = [window(0, 0, 9), window(1, 1, 8)];
  expect(chosen(windows, limits(5, 1), never)).toEqual([window(0, 0, 9)]);
});

test('no more than a hundred are chosen, however many are asked for', () => {
  const windows = Array.from({ length: 300 }, (_, place) => window(place, place, 1 + (place % 9)));
  expect(chosen(windows, limits(0, 5_000), never)).toHaveLength(100);
  expect(chosen(windows, limits(5_000, 5_000), never)).toHaveLength(100);
});
