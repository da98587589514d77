import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApiKey } from '../../src/features/api-keys/api-key.ts';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

/** A database that nothing reaches but what was let through. */
const reached = new Error('A key was made.');
const db = { $transaction: () => Promise.reject(reached) } as unknown as PrismaClient;
const make = (milliseconds: number) =>
  createApiKey(db, { keyName: 'a laptop', workspace: null, expiresAt: new Date(NOW + milliseconds) });

test.each([-86_400_000, -1, 0])(
  'no key is made that has expired already: %d ms from now',
  async (milliseconds) => {
    await expect(make(milliseconds)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['expiresAt'], message: 'Must be in the future.' }],
    });
  },
);

test('a key may hold for a moment', async () => {
  await expect(make(1)).rejects.toBe(reached);
});
