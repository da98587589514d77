import { expect, test } from 'vitest';
import { findPostgres } from '../support/needs.ts';
import { makeTestDatabase } from '../support/test-database.ts';
import { loseNetwork } from './lose-network.ts';

/** A round of every fault; `npm run chaos -- --only network` takes 20 minutes. */
const SECONDS = 60;

test.skipIf(findPostgres() === null)(
  'a network that swallows, resets, delays and half-opens connections costs no event, no clip and no cent',
  { timeout: 600_000 },
  async () => {
    const { databaseUrl, ...made } = await makeTestDatabase();
    const ordeal = await loseNetwork(databaseUrl!, SECONDS);
    await made.remove();
    expect(ordeal).toMatchObject({ unfinished: [], notOnce: [], orphans: [], missing: [] });
    expect(ordeal).toMatchObject({ partial: [], mishaps: [], heardAll: true });
    expect(ordeal).toMatchObject({ boughtTwice: 0, difference: 0, setAside: 0 });
    expect(ordeal.slowestEvent).toBeLessThan(15);
    const late = Object.entries(ordeal.slowestRecovery).filter(([, seconds]) => seconds > 30);
    expect(late).toEqual([]);
  },
);
