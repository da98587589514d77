import { ProviderError } from '../../providers/provider-error.ts';
import type { StepData } from './fail-step.ts';
import type { Tries } from './pipeline.ts';
import { secondsOfPatience, secondsToNextTry } from './retry-delay.ts';

/** When a step is tried again, and what its job remembers until then. */
export type NextTry = { delaySeconds: number; attempt: number; waitingSince?: string };

/** Which try a job is, from 1. */
export const attemptOf = ({ attempt = 1 }: StepData): number => attempt;

/**
 * The next try of a step whose failure may pass; null where there is none. Where its provider is overloaded, or takes no
 * more for now, no tries are counted: it is waited for, for a time.
 */
export function nextTryOf(tries: Tries, data: StepData, error: unknown, now = new Date()): NextTry | null {
  const attempt = attemptOf(data);
  if (!(error instanceof ProviderError) || error.patience === null)
    return attempt < tries.limit
      ? { delaySeconds: secondsToNextTry(tries, attempt, error), attempt: attempt + 1 }
      : null;
  const waitingSince = data.waitingSince ?? now.toJSON();
  const waited = (now.getTime() - Date.parse(waitingSince)) / 1_000;
  const delaySeconds = secondsOfPatience(error.patience, waited, error.retryAfterSeconds);
  return delaySeconds === null ? null : { delaySeconds, attempt, waitingSince };
}
