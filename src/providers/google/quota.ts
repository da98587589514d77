/** What Google's words say of limits, and of how long they hold. Pure. */
import { pacificDayEnd } from '../../core/pacific-day.ts';
import type { ToldError } from './told-error.ts';

/** Codes of limits that were passed, of both surfaces (ai.google.dev, API errors, 2026-09-20; google.rpc.Code). */
const CODES = new Set([
  'too_many_requests',
  'rate_limit_exceeded',
  'quota_exceeded',
  'resource_exhausted',
  '429',
]);

/** Whether more was asked for than is allowed. */
export const isOverQuota = ({ code }: ToldError): boolean => code !== null && CODES.has(code.toLowerCase());

const METRIC = /quota exceeded for (?:metric:?\s*)?(\S+)/i;

/**
 * Whether the limit is that of making films, and not of asking about them: by the metric that is named, else by a model,
 * for only what is made has one ("Quota exceeded for metric: .../generate_content_paid_tier_2_requests, limit: 8, model:
 * gemini-omni-1.1-flash", seen at a first poll, 2026-09-03).
 */
export function isOfMaking(words: string): boolean {
  const [, metric] = METRIC.exec(words) ?? [];
  return metric === undefined ? /\bmodel:/i.test(words) : /generate/i.test(metric);
}

/** Seconds that words ask to wait: "Please retry in 23.397s", "retry in 1m2.5s", "retry in 350ms"; null without. */
export function secondsNamed(words: string): number | null {
  const [, hours, minutes, seconds, milliseconds] =
    /retry in (?=\d)(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?/i.exec(words) ??
    [];
  const told = [hours, minutes, seconds, milliseconds];
  if (told.every((part) => part === undefined)) return null;
  const [h = 0, m = 0, s = 0, ms = 0] = told.map((part) => Number(part ?? 0));
  return h * 3_600 + m * 60 + s + ms / 1_000;
}

/** A limit of so many: "limit: 100". Null without. */
function limitNamed(words: string): number | null {
  const [, limit] = /\blimit: ?(\d+)/i.exec(words) ?? [];
  return limit === undefined ? null : Number(limit);
}

/** A limit so many times our own rate a minute is none of a minute: we cannot have passed it. */
const BEYOND_A_MINUTE = 10;

/**
 * Whether a limit is that of a day, whose words ask to wait a second or two all the same (2026-09-14: "limit: 100 ... Please
 * retry in 1.58s").
 *
 * @param callsPerMinute how many we ask for at most.
 */
export function isOfDay({ code, words }: ToldError, callsPerMinute = Infinity): boolean {
  if (!isOverQuota({ code, words })) return false;
  if (code?.toLowerCase() === 'quota_exceeded' || /per.?day|daily/i.test(words ?? '')) return true;
  const limit = limitNamed(words ?? '');
  // One of tokens says nothing of how many calls it allows ("..._input_token_count, limit: 10000", a minute's; 2026-08-26).
  if (/token_count/i.test(words ?? '')) return false;
  return limit !== null && limit >= callsPerMinute * BEYOND_A_MINUTE;
}

/** Whether nothing at all is allowed: no wait mends that. */
export const isNoQuota = (words: string): boolean => limitNamed(words) === 0;

/** Of clips a minute, where nobody says which is ours. */
const USUAL_RATE = 10;

/** Seconds to wait by the words of a limit: to the end of Google's day for a day's; null where nobody says. */
export function waitOfQuota(error: ToldError, callsPerMinute = USUAL_RATE, now = new Date()): number | null {
  if (isOfDay(error, callsPerMinute)) return (pacificDayEnd(now).getTime() - now.getTime()) / 1_000;
  return secondsNamed(error.words ?? '');
}
