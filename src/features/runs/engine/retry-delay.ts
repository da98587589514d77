import { type Patience, ProviderError } from '../../../providers/provider-error.ts';
import type { RetryPolicy } from './step.ts';

/** Longest wait between two tries that we choose ourselves, in seconds; ours. */
const LONGEST_SECONDS = 120;

/**
 * Seconds to wait after the failed try `attempt`: doubling, spread out so that many that failed together do not
 * come back together; or what the provider asked for, and a little more.
 */
export function secondsToNextTry(policy: RetryPolicy, attempt: number, error: unknown): number {
  const asked = error instanceof ProviderError ? error.retryAfterSeconds : null;
  const backOff = Math.min(LONGEST_SECONDS, policy.delaySeconds * 2 ** (attempt - 1));
  const seconds = asked === null ? backOff * (0.75 + Math.random() / 2) : asked + Math.random() / 2;
  return Math.round(seconds * 10) / 10;
}

/**
 * Seconds to wait for a provider that is overloaded, or takes no more, or for the storage, before it is tried again: each wait about as long as
 * all before it together; or what it asked for, and a little more. Null once patience is over.
 *
 * @param waitedSeconds since the first try.
 */
export function secondsOfPatience(
  { firstSeconds, inAllSeconds, longestSeconds = Infinity }: Patience,
  waitedSeconds: number,
  asked: number | null,
): number | null {
  const left = inAllSeconds - waitedSeconds;
  if (left <= 0) return null;
  const backOff = Math.min(longestSeconds, firstSeconds + waitedSeconds) * (0.75 + Math.random() / 2);
  const seconds = asked === null ? Math.min(left, backOff) : asked + Math.random() / 2;
  return Math.max(0.1, Math.round(seconds * 10) / 10);
}
