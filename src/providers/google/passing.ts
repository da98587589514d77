/** Ends of an operation that pass: the same again may well succeed. Pure. */
import { lengthsNamed } from './clip-lengths.ts';
import { secondsNamed } from './quota.ts';
import type { ToldError } from './told-error.ts';

/**
 * Codes of google.rpc.Code (DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, INTERNAL, UNAVAILABLE), as numbers, as their names and as
 * HTTP has them. Of 13 and 14 the second try is usually good (public reports until 2026-10).
 */
const CODES = new Set([
  '4',
  '8',
  '13',
  '14',
  '500',
  '502',
  '503',
  '504',
  'deadline_exceeded',
  'internal',
  'internal_error',
  'unavailable',
  'service_unavailable',
  'overloaded',
]);

const AGAIN = /please (retry|try again)\b(?! with)/i;

/** On a project's first use of Cloud Storage; gone in 60 to 90 s (public reports until 2026-10). Seconds. */
const PROVISIONING = /being provisioned/i;
const PROVISIONING_SECONDS = 90;

/** How such an end is to be waited out, in seconds, null where nobody says; undefined for an end that stays. */
export function passingWait({ code, words }: ToldError): number | null | undefined {
  const told = words ?? '';
  if (PROVISIONING.test(told)) return PROVISIONING_SECONDS;
  // The next one is ordered in a length that is made.
  if (lengthsNamed(told)) return 0;
  const passes = (code !== null && CODES.has(code.toLowerCase())) || AGAIN.test(told);
  return passes ? secondsNamed(told) : undefined;
}
