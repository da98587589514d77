import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneByOne, turnOfLoop } from '../../src/platform/aside/turn-of-loop.ts';

test('of many who wait at once one goes on in each turn of the event loop', async () => {
  const begun: number[] = [];
  const waiting = Array.from({ length: 5 }, async (_, nth) => {
    await turnOfLoop();
    begun.push(nth);
  });
  const seen: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    seen.push(begun.length);
    await nextTurn();
  }
  await Promise.all(waiting);
  const more = seen.map((count, turn) => count - (seen[turn - 1] ?? 0));
  expect(Math.max(...more)).toBe(1);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
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
