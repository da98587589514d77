/** What an answer to a request for a film, or for the rest of one, says of its bytes. */
import type { Opened } from '../../../platform/outbound/outbound.ts';
import { refused } from './sniff.ts';

/** What may go wrong on the other side for a moment. */
const MAY_PASS = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The bytes that came are not to be used. */
export class StartOver extends Error {}

/**
 * Where the answer's bytes belong: after those that are here, or at the beginning.
 *
 * @throws {StartOver} where they are of no use; {DomainError} `SOURCE_FAILED`, a verdict; {Error} what may pass.
 */
export function placeOf({ status, headers, url }: Opened, have: number): number {
  if (MAY_PASS.has(status)) throw new Error(`${url.hostname} answers with ${status}.`);
  if (status === 416) throw new StartOver('The other side has less than what came before.');
  if (status !== 200 && status !== 206) throw refused(`${url.hostname} answers with ${status}`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw refused(`${url.hostname} sends it compressed (${encoding})`);
  if (status === 200) return 0;
  const [, start] = /^bytes (\d+)-/.exec(headers['content-range'] ?? '') ?? [];
  if (Number(start) !== have) throw new StartOver('The other side sent another part than was asked for.');
  return have;
}

/** Bytes of the whole film, `from` of which are here; null where the answer does not say. */
export function totalOf({ headers }: Opened, from: number): number | null {
  const length = headers['content-length'];
  return length === undefined || !/^\d+$/.test(length) ? null : from + Number(length);
}

/** What tells later whether the film is still the same; null for none. A weak tag says nothing of bytes. */
export function validatorOf({ headers: { etag, 'last-modified': modified } }: Opened): string | null {
  if (etag !== undefined && !etag.startsWith('W/')) return etag;
  return modified ?? null;
}
