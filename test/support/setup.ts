/** Before and after each file of tests. */
import { afterAll, vi } from 'vitest';
import { restoreProcess } from './shared-process.ts';

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  restoreProcess();
});
