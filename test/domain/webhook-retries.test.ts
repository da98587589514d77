import { describe, expect, test } from 'vitest';
import { nextTryAt } from '../../src/features/webhooks/next-try.ts';

const SINCE = new Date('2026-11-22T00:00:00Z');
const DAY_SECONDS = 24 * 3_600;
const secondsAfter = (date: Date | null) => date && (date.getTime() - SINCE.getTime()) / 1_000;
const at = (seconds: number) => new Date(SINCE.getTime() + seconds * 1_000);

const next = (count: number, now: number, retryAfterSeconds: number | null = null) =>
  secondsAfter(nextTryAt({ count, since: SINCE, retryAfterSeconds }, at(now)));

/** Every time an event that always fails is tried, in seconds after the first. */
function tries(): number[] {
  const times = [0];
  for (let count = 1; ; count += 1) {
    const time = next(count, times.at(-1) ?? 0);
    if (time === null) return times;
    times.push(time);
  }
}

describe('an event that fails', () => {
  test('is tried less and less often, the last time 24 hours after the first', () => {
    for (const times of Array.from({ length: 50 }, tries)) {
      const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(waits[0]).toBeGreaterThanOrEqual(4);
      expect(waits[0]).toBeLessThanOrEqual(6);
      expect(Math.max(...waits)).toBeLessThanOrEqual(4.8 * 3_600);
      expect(times.at(-1)).toBe(DAY_SECONDS);
      expect(times.length).toBeGreaterThan(10);
      expect(times.length).toBeLessThan(18);
    }
  });

  test('waits as long as its receiver asks, but not past the 24 hours', () => {
    expect(next(1, 0, 600)).toBe(600);
    expect(next(1, DAY_SECONDS - 60, 600)).toBe(DAY_SECONDS);
    expect(next(20, DAY_SECONDS, 600)).toBeNull();
  });
});
