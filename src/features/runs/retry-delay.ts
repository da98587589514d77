import { ProviderError } from '../../providers/provider-error.ts';
import type { Tries } from './pipeline.ts';

/** Longest wait between two tries that we choose ourselves, in seconds; ours. */
const LONGEST_SECONDS = 120;

/**
 * Seconds to wait after the failed try `attempt`: doubling, spread out so that many that failed together do not
 * come back together; or what the provider asked for, and a little more.
 */
export function secondsToNextTry(tries: Tries, attempt: number, error: unknown): number {
  const asked = error instanceof ProviderError ? error.retryAfterSeconds : null;
  const backOff = Math.min(LONGEST_SECONDS, tries.delaySeconds * 2 ** (attempt - 1));
  const seconds = asked === null ? backOff * (0.75 + Math.random() / 2) : asked + Math.random() / 2;
  return Math.round(seconds * 10) / 10;
}
