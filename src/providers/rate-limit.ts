/** Calls a provider allows in any stretch of so many seconds, and perhaps in a day, over all processes. */
export type RateLimit = { calls: number; seconds: number; daily?: DailyLimit };

export type DailyLimit = {
  calls: number;
  /** When the provider's own day began, and when it ends. */
  dayOf(now: Date): { start: Date; end: Date };
};
