/** How long Google's words ask to wait, and when its day ends. */
import { describe, expect, test } from 'vitest';
import { pacificDayEnd, pacificDayStart } from '../../src/core/pacific-day.ts';
import { passingWait } from '../../src/providers/google/passing.ts';
import {
  isNoQuota,
  isOfDay,
  isOfMaking,
  secondsNamed,
  waitOfQuota,
} from '../../src/providers/google/quota.ts';

describe('a day of Google', () => {
  test.each([
    ['in winter', '2026-11-29T14:00:00Z', '2026-11-29T08:00:00Z', '2026-11-30T08:00:00Z'],
    ['in summer', '2026-07-01T06:59:59Z', '2026-06-30T07:00:00Z', '2026-07-01T07:00:00Z'],
    ['at its first moment', '2026-07-01T07:00:00Z', '2026-07-01T07:00:00Z', '2026-07-02T07:00:00Z'],
    ['of 23 hours, in spring', '2026-03-08T12:00:00Z', '2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z'],
    ['of 25 hours, in autumn', '2026-11-01T08:30:00Z', '2026-11-01T07:00:00Z', '2026-11-02T08:00:00Z'],
    ['at the end of a year', '2027-01-01T03:00:00Z', '2026-12-31T08:00:00Z', '2027-01-01T08:00:00Z'],
  ])('%s begins and ends at midnight in Los Angeles', (_, now, start, end) => {
    expect(pacificDayStart(new Date(now))).toEqual(new Date(start));
    expect(pacificDayEnd(new Date(now))).toEqual(new Date(end));
  });
});

/** As it was recorded on 2026-09-03. */
const MINUTE =
  'You exceeded your current quota, please check your plan and billing details. * Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_paid_tier_2_requests, limit: 8, model: gemini-omni-1.1-flash Please retry in 23.397s.';
const DAY = MINUTE.replace('limit: 8', 'limit: 100').replace('23.397s', '1.58s');
const over = (words: string, code = 'too_many_requests') => ({ code, words });

describe('a limit', () => {
  test.each([
    [MINUTE, 23.397],
    ['Please retry in 1m2.5s.', 62.5],
    ['retry in 350ms', 0.35],
    ['Please retry in 2h1m', 7_260],
    ['Please try again later.', null],
  ])('%s', (words, seconds) => {
    expect(secondsNamed(words)).toBe(seconds);
  });

  test('is of the day by its metric, its code, or its size beside our own rate', () => {
    expect(isOfDay(over(MINUTE), 5)).toBe(false);
    expect(isOfDay(over(DAY), 5)).toBe(true);
    expect(isOfDay(over(DAY), 60)).toBe(false);
    expect(isOfDay(over('Slow down.', 'quota_exceeded'))).toBe(true);
    expect(isOfDay(over('GenerateRequestsPerDayPerProjectPerModel'))).toBe(true);
    expect(isOfDay(over('per day', 'invalid_request'))).toBe(false);
  });

  test('of the day holds until its end, whatever its words ask to wait', () => {
    const now = new Date('2026-11-29T07:00:00Z');
    expect(waitOfQuota(over(DAY), 5, now)).toBe(3_600);
    expect(waitOfQuota(over(MINUTE), 5, now)).toBe(23.397);
  });

  test('of none at all is one that no wait mends', () => {
    expect(isNoQuota(MINUTE.replace('limit: 8', 'limit: 0'))).toBe(true);
    expect(isNoQuota(MINUTE)).toBe(false);
  });

  test('is of making films if it names what is made', () => {
    expect(isOfMaking(MINUTE)).toBe(true);
    expect(isOfMaking('Too many, model: gemini-omni-1.2-flash')).toBe(true);
    expect(isOfMaking('Quota exceeded for metric: reads, limit: 600, model: m')).toBe(false);
    expect(isOfMaking('Resource exhausted.')).toBe(false);
  });
});

describe('an end', () => {
  test.each([
    ['13', 'Video generation failed due to an internal server issue.', null],
    ['8', 'Resource exhausted.', null],
    ['DEADLINE_EXCEEDED', '', null],
    ['9', 'Service agents are being provisioned. So please try again in a few minutes.', 90],
    [null, 'failed to generate asset, please retry', null],
    ['3', 'Unsupported output video duration 6 seconds.', undefined],
    ['9', 'Frame interpolation is not allowlisted for project.', undefined],
  ])('%s, %s: waited out %s s', (code, words, wait) => {
    expect(passingWait({ code, words })).toBe(wait);
  });
});
