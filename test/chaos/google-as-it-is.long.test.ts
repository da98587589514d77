import { expect, test } from 'vitest';
import { filmGoogleAsItIs } from './google-as-it-is.ts';

/** A short one; `npm run chaos -- --google-as-it-is` is the long one. */
test.each(['GEMINI', 'VERTEX'] as const)(
  'on %s as others met it, films are complete or name their gap, nothing good is bought twice, and the ledger is the bill',
  { timeout: 600_000 },
  async (surface) => {
    const account = await filmGoogleAsItIs(surface, 10, 'three');
    expect(account).toMatchObject({ films: 10, unnamed: [], twice: [], differ: [], dead: { bought: 0 } });
    expect(new Set(account.dead.refusals)).toEqual(new Set(['MODEL_NOT_FOUND']));
    expect(account.refused).toBeGreaterThan(0);
    expect(account.ends['COMPLETED']).toBeGreaterThan(0);
  },
);
