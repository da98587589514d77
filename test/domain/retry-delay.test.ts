import { afterEach, describe, expect, test, vi } from 'vitest';
import { secondsOfPatience, secondsToNextTry } from '../../src/features/runs/engine/retry-delay.ts';
import { ProviderError } from '../../src/providers/provider-error.ts';

afterEach(() => vi.restoreAllMocks());

const TRIES = { limit: 10, delaySeconds: 1 };

/** Waits after the first tries, with `share` of all luck. */
function waits(tries: typeof TRIES, share: number, error: unknown = new Error('down')): number[] {
  vi.spyOn(Math, 'random').mockReturnValue(share);
  return Array.from({ length: 9 }, (_, index) => secondsToNextTry(tries, index + 1, error));
}

describe('a step that fails', () => {
  test('waits twice as long after every try, two minutes at most', () => {
    expect(waits(TRIES, 0.5)).toEqual([1, 2, 4, 8, 16, 32, 64, 120, 120]);
    expect(waits({ limit: 10, delaySeconds: 3 }, 0.5).slice(0, 4)).toEqual([3, 6, 12, 24]);
  });

  test('waits a quarter more or less, so that many do not come back together', () => {
    expect(waits({ limit: 10, delaySeconds: 10 }, 0).slice(0, 3)).toEqual([7.5, 15, 30]);
    expect(waits({ limit: 10, delaySeconds: 10 }, 1).slice(0, 3)).toEqual([12.5, 25, 50]);
  });

  test('waits as long as its provider asked, and half a second more at most, at whatever try', () => {
    const busy = new ProviderError('NOT_ACCEPTED', 'busy', { retryAfterSeconds: 200 });
    expect(waits(TRIES, 0, busy)).toEqual(Array(9).fill(200));
    expect(waits(TRIES, 1, busy)).toEqual(Array(9).fill(200.5));
  });
});

describe('a step whose provider is overloaded', () => {
  const PATIENCE = { firstSeconds: 30, inAllSeconds: 1_500 };

  test('waits half a minute, then twice as long each time, 25 minutes in all', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const waited: number[] = [];
    let sum = 0;
    for (let next = secondsOfPatience(PATIENCE, 0, null); next !== null;) {
      waited.push(next);
      sum += next;
      next = secondsOfPatience(PATIENCE, sum, null);
    }
    expect(waited).toEqual([30, 60, 120, 240, 480, 570]);
    expect(sum).toBe(1_500);
  });

  test('waits as long as its provider asks, whatever it waited before', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    expect(secondsOfPatience(PATIENCE, 1_400, 200)).toBe(200);
    expect(secondsOfPatience(PATIENCE, 1_500, 200)).toBeNull();
  });
});
