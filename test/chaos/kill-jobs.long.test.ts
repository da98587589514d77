import { expect, test } from 'vitest';
import { killJobs } from './kill-jobs.ts';

/** A short one; `npm run chaos -- --only jobs` is the long one. */
test(
  'the rows of a job survive kill -9s at random moments: each ends once, and nothing is bought again by itself',
  { timeout: 240_000 },
  async () => {
    const ordeal = await killJobs({ rows: 12, kills: 3, databaseUrl: null });
    expect(ordeal).toMatchObject({ unfinished: 0, notOnce: [], miscounted: [], mishaps: [] });
    expect(ordeal).toMatchObject({ wentBack: false, misheard: 0 });
  },
);
