import { isForWantOfStorage } from '../../../platform/storage/storage-away.ts';
import { type Patience, ProviderError } from '../../../providers/provider-error.ts';
import type { StepData } from './job.ts';
import type { RetryPolicy } from './step.ts';
import { secondsOfPatience, secondsToNextTry } from './retry-delay.ts';

/** When a step is tried again, and what its job remembers until then. */
export type NextTry = { delaySeconds: number; attempt: number; waitingSince?: string | undefined };

/** Which try a job is, from 1. */
export const attemptOf = ({ attempt = 1 }: StepData): number => attempt;

/** Ours: what lasts longer than a day is no moment. */
const FOR_STORAGE: Patience = { firstSeconds: 2, longestSeconds: 600, inAllSeconds: 86_400 };

function patienceOf(error: unknown): Patience | null {
  if (error instanceof ProviderError && error.patience) return error.patience;
  return isForWantOfStorage(error) ? FOR_STORAGE : null;
}

/**
 * The next try of a step whose failure may pass; null where there is none. Where its provider is overloaded, or takes no
 * more for now, or the storage is away, no tries are counted: it is waited for, for a time.
 */
export function nextTryOf(
  policy: RetryPolicy,
  data: StepData,
  error: unknown,
  now = new Date(),
): NextTry | null {
  const attempt = attemptOf(data);
  const patience = patienceOf(error);
  if (patience === null)
    return attempt < policy.limit
      ? { delaySeconds: secondsToNextTry(policy, attempt, error), attempt: attempt + 1 }
      : null;
  const waitingSince = data.waitingSince ?? now.toJSON();
  const waited = (now.getTime() - Date.parse(waitingSince)) / 1_000;
  const asked = error instanceof ProviderError ? error.retryAfterSeconds : null;
  const delaySeconds = secondsOfPatience(patience, waited, asked);
  return delaySeconds === null ? null : { delaySeconds, attempt, waitingSince };
}
