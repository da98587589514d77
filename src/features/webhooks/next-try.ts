const HOUR_SECONDS = 3_600;
/** After the first failed try; then four times longer each. Close to the schedule Standard Webhooks advise. */
const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 4 * HOUR_SECONDS;
/** How long an event is tried; ours. */
export const GIVE_UP_HOURS = 24;

export type Failures = {
  /** Tries that failed in a row, the last one included. */
  count: number;
  since: Date;
  /** Seconds the receiver asked for; null if it did not. */
  retryAfterSeconds: number | null;
};

/**
 * When an event that failed is tried again: after 5 s, 20 s, 80 s, ... at most 4 h, spread out so that webhooks that
 * failed together do not come back together, and no sooner than the receiver asked. The last try is 24 h after the
 * first one.
 *
 * @returns null once those are over.
 */
export function nextTryAt({ count, since, retryAfterSeconds }: Failures, now: Date): Date | null {
  const end = since.getTime() + GIVE_UP_HOURS * HOUR_SECONDS * 1_000;
  if (now.getTime() >= end) return null;
  const backOff = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 4 ** (count - 1)) * (0.8 + Math.random() * 0.4);
  const seconds = Math.max(backOff, retryAfterSeconds ?? 0);
  return new Date(Math.min(end, now.getTime() + seconds * 1_000));
}
