import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bookingOf, type Made, type Rule, ruleOf } from '../../src/features/video-clips/verdict-rules.ts';
import { CLIP_VERDICTS, type ClipVerdict } from '../../src/providers/clip-verdict.ts';
import type { Known } from '../../src/features/budget/reservation.ts';
import { tableOf } from '../support/markdown-table.ts';

const words = 'Words.';
const TOLD: Record<string, ClipVerdict> = {
  FILM: { verdict: 'FILM', uri: 'file' },
  STILL_WORKING: { verdict: 'STILL_WORKING' },
  REFUSED_BY_SAFETY: { verdict: 'REFUSED_BY_SAFETY', words, refusedInput: 'UNKNOWN' },
  REFUSED_AS_ASKED: { verdict: 'REFUSED_AS_ASKED', words },
  FAILED_FOR_NOW: { verdict: 'FAILED_FOR_NOW', words, retryAfterSeconds: null },
  REFUSED_BY_QUOTA: { verdict: 'REFUSED_BY_QUOTA', words, retryAfterSeconds: 23.397 },
  REFUSED_FOR_ALL: { verdict: 'REFUSED_FOR_ALL', code: 'MODEL_NOT_FOUND', words },
  TRY_AGAIN_LATER: { verdict: 'TRY_AGAIN_LATER', words, retryAfterSeconds: null },
  'NOT_KNOWN, odd': { verdict: 'NOT_KNOWN', about: 'ODD', words },
  'NOT_KNOWN, not found': { verdict: 'NOT_KNOWN', about: 'NOT_FOUND', words },
  'NOT_KNOWN, nothing': { verdict: 'NOT_KNOWN', about: 'NOTHING', words },
};

const MADE: Record<Made, string> = {
  FILM: 'a film',
  REFUSED: 'refused',
  FAILED: 'failed',
  UNKNOWN: 'not known',
};
const MONEY: Record<string, string> = {
  CHARGED: 'all that was set aside, as an estimate',
  FREE_OF_CHARGE: 'free of charge',
  NOT_CHARGED: 'not charged',
  UNKNOWN: 'UNKNOWN',
};
const CLIP: Record<Rule['next'], string> = {
  FETCH: 'fetched',
  ASK_AGAIN: 'asked again',
  STOP_ASKING: 'TIMED_OUT',
  SOFTEN: 'RAI_FILTERED, then softened',
  ORDER_ANEW: 'ordered anew',
  FAIL: 'FAILED',
  LEAVE_TO_A_PERSON: 'UNKNOWN',
};
const NEW = { isLast: false, wasDone: false, mayOrderAnew: true };
const tell = ({ made, next }: Rule) => `${CLIP[next]}; ${made === null ? 'set aside' : MADE[made]}`;
/** Null of a film without usage: its length is not known yet. */
const tellMoney = (known: Known | null) =>
  known === null
    ? 'by its length, once it is fetched'
    : typeof known === 'string'
      ? MONEY[known]
      : 'by its usage';

test('docs/google.md tells the one rule of each verdict', () => {
  const rows = Object.entries(TOLD).map(([name, told]) => [
    name,
    tell(ruleOf(told, { ...NEW, isLast: false })),
    tell(ruleOf(told, { ...NEW, isLast: true })),
  ]);
  expect(tableOf(readFileSync('docs/google.md', 'utf8'), 'verdict')).toEqual(rows);
});

test('docs/google.md tells what each end is booked as', () => {
  const usage = { MILLION_INPUT_TOKENS: 1 };
  const ends = Object.keys(MADE) as Made[];
  const rows = ends.map((made) => [
    MADE[made],
    tellMoney(bookingOf(made, { usage: null, isFree: true })),
    tellMoney(bookingOf(made, { usage, isFree: false })),
    tellMoney(bookingOf(made)),
  ]);
  expect(tableOf(readFileSync('docs/google.md', 'utf8'), 'what became of it')).toEqual(rows);
  expect(bookingOf(null, { usage, isFree: true })).toBeNull();
});

test('what was concluded of a usage stays an estimate on its way into the ledger', () => {
  const concluded = { usage: { MILLION_VIDEO_OUTPUT_TOKENS: 1 }, isEstimate: true };
  for (const made of Object.keys(MADE) as Made[])
    expect(bookingOf(made, { ...concluded, isFree: false })).toEqual(concluded);
});

test('every verdict has its rule', () => {
  expect(new Set(Object.values(TOLD).map(({ verdict }) => verdict))).toEqual(new Set(CLIP_VERDICTS));
});

describe('whatever is told', () => {
  test.each(Object.entries(TOLD))(
    '%s: a film that was there stays paid for and is not bought again',
    (_, told) => {
      for (const isLast of [true, false]) {
        const { made, next } = ruleOf(told, { ...NEW, isLast, wasDone: true });
        expect(['FILM', null]).toContain(made);
        expect(['FETCH', 'ASK_AGAIN', 'STOP_ASKING']).toContain(next);
      }
    },
  );

  test.each(Object.entries(TOLD))('%s: a run asks for the last time once', (_, told) => {
    expect(ruleOf(told, { ...NEW, isLast: true }).next).not.toBe('ASK_AGAIN');
  });
});

test.each([
  ['FAILED_FOR_NOW', { made: 'FAILED', next: 'FAIL' }],
  ['REFUSED_BY_QUOTA', { made: 'UNKNOWN', next: 'LEAVE_TO_A_PERSON' }],
])('%s: what was ordered anew too often in a row is not ordered so again', (name, rule) => {
  const told = TOLD[name];
  if (!told) throw new Error(name);
  for (const isLast of [true, false])
    expect(ruleOf(told, { ...NEW, isLast, mayOrderAnew: false })).toEqual(rule);
});
