import { refused, sniff } from './sniff.ts';

/**
 * Lets a file pass that begins as films do.
 *
 * @param head its first 4 KiB, or all there is.
 * @throws {DomainError} `SOURCE_FAILED`.
 */
export function requireFilm(head: Buffer): void {
  const found = sniff(head);
  if (found.kind !== 'FILM') throw refused(found.kind === 'PAGE' ? 'it is a page of the web' : found.why);
}
