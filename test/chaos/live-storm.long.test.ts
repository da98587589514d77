import { expect, test } from 'vitest';
import { findPostgres } from '../support/needs.ts';
import { raiseStorm } from './live-storm.ts';

/** A part of what `npm run chaos -- --only live` does. */
const CLIENTS = 30;
const RUNS = 8;

test.skipIf(findPostgres() === null)(
  'lost connections and killed servers cost no client an event of a run, and tell none twice',
  { timeout: 180_000 },
  async () => {
    const storm = await raiseStorm({ clients: CLIENTS, runs: RUNS });
    expect(storm).toMatchObject({ unfinished: 0, wrong: 0 });
    expect(storm.events).toBeGreaterThan(RUNS * 20);
    expect(storm.connections).toBeGreaterThan(CLIENTS + storm.kills);
  },
);
