import { describe, expect, test } from 'vitest';
import { costOf, ratesOf } from '../../src/features/budget/cost-of.ts';
import type { Price } from '../../src/providers/price.ts';

const TODAY = '2026-11-22';

const price = (change: Partial<Price> = {}): Price => ({
  unit: 'SECOND',
  microUsd: 400_000,
  resolution: null,
  source: 'https://example.test/prices',
  asOf: '2026-10-07',
  ...change,
});

describe('a price', () => {
  test('of the resolution goes before the one for all, and a fraction of a micro-dollar is rounded up', () => {
    const model = { prices: [price(), price({ resolution: '4K', microUsd: 600_001 })] };
    expect(costOf({ SECOND: 4 }, ratesOf(model, { resolution: '1080p' }, TODAY))).toBe(1_600_000);
    expect(costOf({ SECOND: 0.5 }, ratesOf(model, { resolution: '4K' }, TODAY))).toBe(300_001);
    expect(costOf({ SECOND: 0.1 + 0.2 }, { SECOND: 10 })).toBe(3);
  });

  test('that is missing for what was used is a bug, not free', () => {
    expect(() => costOf({ IMAGE: 1 }, { SECOND: 10, MILLION_INPUT_TOKENS: 1 })).toThrow(/no price for IMAGE/);
    expect(costOf({ IMAGE: 1 }, {})).toBe(0);
  });

  test('is that of its day; before the first and after the last that are told, the nearest', () => {
    const prices = [
      price({ microUsd: 1, until: '2026-12-31' }),
      price({ microUsd: 2, from: '2027-01-01', until: '2027-06-30' }),
    ];
    const on = (day: string) => ratesOf({ prices }, { resolution: null }, day).SECOND;
    expect(['2025-01-01', '2026-12-31', '2027-01-01', '2027-06-30', '2028-01-01'].map(on)).toEqual([
      1, 1, 2, 2, 2,
    ]);
  });

  test('of a silent clip is its own, where there is one', () => {
    const prices = [
      price({ microUsd: 4, sound: true }),
      price({ microUsd: 2, sound: false }),
      price({ unit: 'MILLION_INPUT_TOKENS', microUsd: 9 }),
    ];
    expect(ratesOf({ prices }, { resolution: null }, TODAY)).toEqual({ SECOND: 4, MILLION_INPUT_TOKENS: 9 });
    expect(ratesOf({ prices }, { resolution: null, sound: false }, TODAY).SECOND).toBe(2);
  });

  test('of tokens of a kind without one is that of input for cached ones, else the dearest of tokens', () => {
    const rates = { SECOND: 99, MILLION_INPUT_TOKENS: 2, MILLION_OUTPUT_TOKENS: 9 };
    expect(costOf({ MILLION_CACHED_INPUT_TOKENS: 1 }, rates)).toBe(2);
    expect(costOf({ MILLION_VIDEO_OUTPUT_TOKENS: 1 }, rates)).toBe(9);
  });
});
