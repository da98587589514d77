import { afterAll, beforeAll } from 'vitest';

/**
 * For a file of tests, or a `describe`: something that they share, opened before the first and closed after the last, in
 * the order of the hooks around it. It is empty until then; tests and later hooks find it open.
 */
export function useFixture<T extends object>(open: () => Promise<T>, close: (opened: T) => Promise<void>): T {
  const shared = {} as T;
  let opened: T | undefined;
  beforeAll(async () => {
    opened = await open();
    Object.assign(shared, opened);
  });
  afterAll(async () => {
    if (opened) await close(opened);
  });
  return shared;
}
