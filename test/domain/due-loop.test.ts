import { expect, test, vi } from 'vitest';
import type { AuditSignal } from '../../src/platform/events.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { Pulse } from '../../src/platform/pulse.ts';
import { dueLoop, type DueLoopOptions } from '../../src/worker/due-loop.ts';

/** Things that are due, in memory, and a loop that handles them. */
function useLoop({
  handle,
  fail = () => {},
}: Pick<DueLoopOptions<number>, 'handle'> & { fail?: () => void }) {
  const due: number[] = [];
  const claims: number[] = [];
  let news: ((event: AuditSignal | null) => void) | null = null;
  const events = {
    listen: (listener: (event: AuditSignal | null) => void) => {
      news = listener;
      return () => (news = null);
    },
  };
  const pulse = new Pulse();
  const loop = dueLoop<number>({ events, pulse } as unknown as Ctx, {
    work: 'polls',
    atOnce: 4,
    claim: async (limit) => {
      fail();
      claims.push(limit);
      return due.splice(0, limit);
    },
    nextDueMs: async () => (due.length > 0 ? -1 : Infinity),
    handle,
    wakeOn: (event) => event === null,
    log: openLog('silent'),
  });
  return {
    due,
    claims,
    pulse,
    add: (...items: number[]) => void due.push(...items),
    tell: () => news?.(null),
    loop,
  };
}

test('what comes due is handled once the loop hears of it, and no more at a time than it may', async () => {
  let now = 0;
  let most = 0;
  const handled: number[] = [];
  const { add, tell, loop } = useLoop({
    async handle(item) {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      handled.push(item);
      now -= 1;
    },
  });
  add(...Array.from({ length: 10 }, (_, item) => item));
  tell();
  await expect.poll(() => handled.length).toBe(10);
  expect(new Set(handled).size).toBe(10);
  expect(most).toBe(4);
  await loop.close();
});

test('one that fails, and a claim that fails, end nothing', async () => {
  let failures = 1;
  const handled: number[] = [];
  const { add, tell, loop } = useLoop({
    fail() {
      if (failures-- > 0) throw new Error('The database is away.');
    },
    async handle(item) {
      handled.push(item);
      if (item === 0) throw new Error('The provider is away.');
    },
  });
  add(0, 1);
  tell();
  await expect.poll(() => handled, { timeout: 3_000 }).toEqual([0, 1]);
  add(2);
  tell();
  await expect.poll(() => handled).toEqual([0, 1, 2]);
  await loop.close();
});

test('what is on its way when it is closed is aborted and waited for; nothing is claimed afterwards', async () => {
  const aborted = vi.fn<() => void>();
  const { add, tell, claims, pulse, loop } = useLoop({
    handle: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted();
          reject(signal.reason as Error);
        });
      }),
  });
  add(0);
  tell();
  await expect.poll(() => claims).toHaveLength(1);
  await loop.close();
  expect(aborted).toHaveBeenCalledTimes(1);
  expect(pulse.read()).toEqual({});
  add(1);
  expect(claims).toHaveLength(1);
});
