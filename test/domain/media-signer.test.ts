import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type MediaSigner, openMediaSigner } from '../../src/features/assets/media-signer.ts';

const secret = randomBytes(32);
const serverSecret = {
  createMany: async () => ({ count: 0 }),
  findUniqueOrThrow: async () => ({ name: 'media', secret }),
} as unknown as Parameters<typeof openMediaSigner>[0]['serverSecret'];

const HOUR_SECONDS = 3_600;
/** A full hour. */
const NOON = Date.parse('2026-11-29T12:00:00Z') / 1_000;
const at = (seconds: number) => vi.setSystemTime((NOON + seconds) * 1_000);

let signer: MediaSigner;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  signer = await openMediaSigner({ serverSecret });
});
afterEach(() => vi.useRealTimers());

const queryAt = (seconds: number) => {
  at(seconds);
  return new URLSearchParams(signer.query('film.mp4'));
};
const holdsFor = (seconds: number) => Number(queryAt(seconds).get('expires')) - NOON - seconds;

describe('the address of a file', () => {
  test('is good for six hours to the second, and up to the next full hour', () => {
    expect(holdsFor(0)).toBe(6 * HOUR_SECONDS);
    expect(holdsFor(1)).toBe(7 * HOUR_SECONDS - 1);
    expect(holdsFor(HOUR_SECONDS - 1)).toBe(6 * HOUR_SECONDS + 1);
  });

  test('is the same all hour, so that caches know the file', () => {
    expect(queryAt(1).toString()).toBe(queryAt(HOUR_SECONDS).toString());
    expect(queryAt(1).toString()).not.toBe(queryAt(HOUR_SECONDS + 1).toString());
  });

  test('opens it until the second in which it expires, and not from then on', () => {
    const query = queryAt(0);
    at(6 * HOUR_SECONDS - 1);
    expect(signer.judge('film.mp4', query)).toBe('VALID');
    at(6 * HOUR_SECONDS);
    expect(signer.judge('film.mp4', query)).toBe('EXPIRED');
  });

  test('opens no other file, and holds no longer than it was made for', () => {
    const query = queryAt(0);
    expect(signer.judge('other.mp4', query)).toBe('FORGED');
    query.set('expires', String(NOON + 7 * HOUR_SECONDS));
    expect(signer.judge('film.mp4', query)).toBe('FORGED');
  });
});
