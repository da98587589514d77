import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { breathe } from '../../src/platform/breathe.ts';

test('of those who breathe before they work one works in each round of the event loop', async () => {
  let worked = 0;
  const workers = Array.from({ length: 5 }, async () => {
    await breathe();
    worked += 1;
  });
  const seen: number[] = [];
  while (worked < workers.length) {
    seen.push(worked);
    await nextRound();
  }
  await Promise.all(workers);
  expect(new Set(seen)).toEqual(new Set([0, 1, 2, 3, 4]));
});
