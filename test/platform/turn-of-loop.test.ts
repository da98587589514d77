import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneByOne, turnOfLoop } from '../../src/platform/aside/turn-of-loop.ts';

test('of many who wait at once one goes on in each turn of the event loop', async () => {
  let begun = 0;
  const waiting = Array.from({ length: 5 }, async () => {
    await turnOfLoop();
    begun += 1;
  });
  const seen: number[] = [];
  while (begun < 5) {
    seen.push(begun);
    await nextTurn();
  }
  await Promise.all(waiting);
  expect(seen.map((count, turn) => count - (seen[turn - 1] ?? 0)).every((more) => more <= 1)).toBe(true);
  expect(seen.length).toBeGreaterThanOrEqual(5);
});

test('work of one request follows on each other, also on one that failed; others do not wait for it', async () => {
  const [request, other] = [{}, {}];
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const failing = oneByOne(request, async () => {
    told.push('first');
    await first.promise;
    throw new Error('It fails.');
  });
  const second = oneByOne(request, async () => told.push('second'));
  await oneByOne(other, async () => told.push('other'));
  expect(told).toEqual(['first', 'other']);
  first.resolve();
  await expect(failing).rejects.toThrow('It fails.');
  await second;
  expect(told).toEqual(['first', 'other', 'second']);
});
