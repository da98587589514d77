import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilNextDay } from '../../src/features/pipelines/control/new-day.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { every, HOUR_MS, type Round } from '../../src/worker/every.ts';
import { startTask } from '../support/start-task.ts';

const DAY_MS = 24 * HOUR_MS;

beforeEach(() => {
  vi.useFakeTimers({
    now: Date.parse('2026-11-22T23:59:59Z'),
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
  });
});
afterEach(() => vi.useRealTimers());

const start = (round: Round, log = openLog('silent')) => startTask({} as Ctx, every(round), log);

const fail = () => Promise.reject(new Error('The database is away.'));

test('a round is made at the start and every hour, whatever came of the one before, until that is closed', async () => {
  const failures: string[] = [];
  const log = openLog('error', { write: (line) => void failures.push(line) });
  const rounds = start({ name: 'something is done', wait: HOUR_MS, work: fail }, log);
  await vi.advanceTimersByTimeAsync(0);
  expect(failures).toEqual([expect.stringContaining('A round failed: something is done.')]);
  for (const count of [2, 3]) {
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(failures).toHaveLength(count);
  }
  await rounds.close();
  await vi.advanceTimersByTimeAsync(2 * HOUR_MS);
  expect(failures).toHaveLength(3);
});

test('a round of the day is made at the start and after every midnight', async () => {
  const at: string[] = [];
  const work = async () => void at.push(new Date().toJSON());
  const days = start({ name: 'a day begins', wait: untilNextDay, work });
  await vi.advanceTimersByTimeAsync(2 * DAY_MS);
  expect(at).toEqual(['2026-11-22T23:59:59.000Z', '2026-11-23T00:00:05.000Z', '2026-11-24T00:00:05.000Z']);
  await days.close();
});

test('a round that is going on may end before it is closed; none comes after it', async () => {
  let rounds = 0;
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const work = () => {
    rounds += 1;
    return promise;
  };
  const going = start({ name: 'something long', wait: HOUR_MS, work });
  const isClosed = vi.fn<() => void>();
  const closing = going.close().then(isClosed);
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(isClosed).not.toHaveBeenCalled();
  end();
  await closing;
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(rounds).toBe(1);
});
