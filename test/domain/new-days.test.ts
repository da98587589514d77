import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startNewDays } from '../../src/features/pipelines/new-day.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';

const DAY_MILLISECONDS = 24 * 60 * 60_000;

beforeEach(() => {
  vi.useFakeTimers({
    now: Date.parse('2026-11-22T23:59:59Z'),
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
  });
});
afterEach(() => vi.useRealTimers());

test('held runs are looked for at the start and after every midnight, until that is closed', async () => {
  // A database that holds none.
  const looks = vi.fn<() => Promise<[]>>(async () => []);
  const ctx = { db: { pipelineRun: { findMany: looks } } } as unknown as Ctx;
  const days = startNewDays(ctx, openLog('silent'));
  await vi.advanceTimersByTimeAsync(0);
  expect(looks).toHaveBeenCalledTimes(1);
  for (const times of [2, 3]) {
    await vi.advanceTimersByTimeAsync(DAY_MILLISECONDS);
    expect(looks).toHaveBeenCalledTimes(times);
  }
  await days.close();
  await vi.advanceTimersByTimeAsync(2 * DAY_MILLISECONDS);
  expect(looks).toHaveBeenCalledTimes(3);
});
