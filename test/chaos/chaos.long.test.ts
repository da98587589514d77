import { expect, test } from 'vitest';
import { killAtRandom } from './kill-at-random.ts';

/** A short one; `npm run chaos` is the long one. */
test(
  'a film survives kill -9s at random moments, and every clip is bought exactly once, and the ledger is the bill',
  { timeout: 240_000 },
  async () => {
    const ordeal = await killAtRandom({ kills: 5, atOnce: 2, databaseUrl: null });
    expect(ordeal).toMatchObject({ unfinished: [], notOnce: [], orphans: [], missing: [] });
    expect(ordeal).toMatchObject({ partial: [], mishaps: [] });
    expect(ordeal).toMatchObject({ boughtTwice: 0, difference: 0, setAside: 0 });
    expect(ordeal.clips).toBeGreaterThanOrEqual(6);
  },
);
