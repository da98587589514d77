import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startMending } from '../../src/features/assets/mending.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';

const HOUR_MILLISECONDS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

test('files are mended at the start and every hour, whatever came of the round before, until that is closed', async () => {
  const failures: string[] = [];
  const log = openLog('error', { write: (line) => void failures.push(line) });
  // Without a database no round goes well.
  const mending = startMending({} as Ctx, log);
  await vi.advanceTimersByTimeAsync(0);
  expect(failures).toHaveLength(1);
  for (const rounds of [2, 3]) {
    await vi.advanceTimersByTimeAsync(HOUR_MILLISECONDS);
    expect(failures).toHaveLength(rounds);
  }
  await mending.close();
  await vi.advanceTimersByTimeAsync(2 * HOUR_MILLISECONDS);
  expect(failures).toHaveLength(3);
});
