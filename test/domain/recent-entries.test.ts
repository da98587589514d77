import { expect, test } from 'vitest';
import { MOST_ENTRIES, RecentEntries } from '../../src/features/audit/log/recent-entries.ts';

const MEGABYTE = 1_000_000;
const MOST_MEGABYTES = 8;

const entry = (sequence: number, characters = 0) => ({
  sequence: BigInt(sequence),
  message: 'x'.repeat(characters),
  details: {},
});

type Entry = ReturnType<typeof entry>;

const entries = (from: number, count: number, characters?: number) =>
  Array.from({ length: count }, (_, index) => entry(from + index, characters));

const sequences = (recent: RecentEntries<Entry>, after: bigint) =>
  recent.after(after).map(({ sequence }) => Number(sequence));

test('what follows a place is given in order, whatever gaps the numbers have', () => {
  const recent = new RecentEntries<Entry>();
  recent.reset([entry(3), entry(5), entry(9)]);
  expect(recent.start).toBe(2n);
  expect(sequences(recent, 2n)).toEqual([3, 5, 9]);
  expect(sequences(recent, 4n)).toEqual([5, 9]);
  expect(sequences(recent, 9n)).toEqual([]);
});

test('the oldest entries go once there are too many, and the start tells after which none is missing', () => {
  const recent = new RecentEntries<Entry>();
  recent.reset(entries(1, MOST_ENTRIES));
  recent.push(entries(MOST_ENTRIES + 1, 2));
  expect(recent.start).toBe(2n);
  expect(recent.after(recent.start)).toHaveLength(MOST_ENTRIES);
});

test('a few large entries are kept instead of many, so that memory is bounded', () => {
  const recent = new RecentEntries<Entry>();
  recent.push(entries(1, 3 * MOST_MEGABYTES, MEGABYTE));
  expect(recent.after(recent.start).length).toBeLessThan(MOST_MEGABYTES);
  expect(sequences(recent, recent.start).at(-1)).toBe(3 * MOST_MEGABYTES);
  recent.push([entry(100)]);
  expect(sequences(recent, 24n)).toEqual([100]);
});

test('an entry larger than all that is kept is read from the database', () => {
  const recent = new RecentEntries<Entry>();
  recent.push([entry(1), entry(2, (MOST_MEGABYTES + 1) * MEGABYTE)]);
  expect(recent.start).toBe(2n);
  expect(sequences(recent, 2n)).toEqual([]);
});
