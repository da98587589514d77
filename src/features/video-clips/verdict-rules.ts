/** What follows from what a provider says of a bought clip: one rule for its money, and one for itself. Pure. */
import { type ClipBill, type ClipVerdict, NO_BILL, type NotKnown } from '../../providers/clip-verdict.ts';
import type { Known, Outcome } from '../budget/reservation.ts';

/** What became of a clip, as far as its money goes. */
export type Made = 'FILM' | 'REFUSED' | 'FAILED' | 'UNKNOWN';

export type Rule = {
  /** Null while it may still be made. */
  made: Made | null;
  next:
    | 'FETCH'
    | 'ASK_AGAIN'
    /** For now: a later run asks again, at no cost. */
    | 'STOP_ASKING'
    /** Another one is bought with gentler words. */
    | 'SOFTEN'
    /** Another one is ordered as it was, after a while: a few times in a row, then the clip is a gap. */
    | 'ORDER_ANEW'
    /** A gap, which a resume buys anew. */
    | 'FAIL'
    /** A gap, of which nothing is bought before somebody has said what became of it. */
    | 'LEAVE_TO_A_PERSON';
};

const ASK_AGAIN: Rule = { made: null, next: 'ASK_AGAIN' };
const STOP_ASKING: Rule = { made: null, next: 'STOP_ASKING' };
const LEAVE_TO_A_PERSON: Rule = { made: 'UNKNOWN', next: 'LEAVE_TO_A_PERSON' };

const RULES: Readonly<Record<Exclude<ClipVerdict['verdict'], 'NOT_KNOWN'>, Rule>> = {
  FILM: { made: 'FILM', next: 'FETCH' },
  STILL_WORKING: ASK_AGAIN,
  TRY_AGAIN_LATER: ASK_AGAIN,
  REFUSED_BY_SAFETY: { made: 'REFUSED', next: 'SOFTEN' },
  REFUSED_AS_ASKED: { made: 'FAILED', next: 'FAIL' },
  FAILED_FOR_NOW: { made: 'FAILED', next: 'ORDER_ANEW' },
  // The one answer of which nobody knows and that is ordered anew all the same (docs/google.md, Ordered anew).
  REFUSED_BY_QUOTA: { made: 'UNKNOWN', next: 'ORDER_ANEW' },
  REFUSED_FOR_ALL: LEAVE_TO_A_PERSON,
};

const NOT_KNOWN: Readonly<Record<NotKnown['about'], Rule>> = {
  ODD: ASK_AGAIN,
  NOT_FOUND: ASK_AGAIN,
  NOTHING: LEAVE_TO_A_PERSON,
};

/** For what is not ordered anew once more. */
const onceTooOften = ({ made }: Rule): Rule =>
  made === 'UNKNOWN' ? LEAVE_TO_A_PERSON : { made, next: 'FAIL' };

/**
 * The rule for a verdict.
 *
 * @param clip.isLast whether the run asks no more after this.
 * @param clip.mayOrderAnew whether it was ordered anew seldom enough to be ordered so again.
 * @param clip.wasDone whether its provider has said before that the film is there: it is paid for then, and nothing that is
 * said later makes it another clip's turn.
 */
export function ruleOf(
  told: ClipVerdict,
  clip: { isLast: boolean; wasDone: boolean; mayOrderAnew: boolean },
): Rule {
  const rule = told.verdict === 'NOT_KNOWN' ? NOT_KNOWN[told.about] : RULES[told.verdict];
  if (rule.next === 'FETCH') return rule;
  if (clip.wasDone) return clip.isLast ? STOP_ASKING : ASK_AGAIN;
  if (rule.next === 'ORDER_ANEW' && !clip.mayOrderAnew) return onceTooOften(rule);
  if (rule.next !== 'ASK_AGAIN' || !clip.isLast) return rule;
  return told.verdict === 'NOT_KNOWN' && told.about === 'NOT_FOUND' ? LEAVE_TO_A_PERSON : STOP_ASKING;
}

/** Longest wait before the provider is asked once more about a clip that it does not know. Seconds. */
const LONGEST_MISSING_SECONDS = 120;

/** Whether the provider says that it does not know the clip. */
export const isMissing = (told: ClipVerdict): boolean =>
  told.verdict === 'NOT_KNOWN' && told.about === 'NOT_FOUND';

/** Seconds that the provider asks to wait; null where it does not say. */
export const askedWait = (told: ClipVerdict): number | null =>
  'retryAfterSeconds' in told ? told.retryAfterSeconds : null;

/**
 * Seconds before the provider is asked again.
 *
 * @param missingForSeconds how long it has not known the clip before this answer.
 */
export function waitBeforeNext(told: ClipVerdict, pollSeconds: number, missingForSeconds: number): number {
  // Each wait for one that is missing is as long as all before it together.
  const missed = isMissing(told) ? Math.min(LONGEST_MISSING_SECONDS, missingForSeconds) : 0;
  return Math.max(pollSeconds, askedWait(told) ?? 0, Math.round(missed));
}

const FREE: Readonly<Record<Exclude<Made, 'FILM'>, Outcome>> = {
  REFUSED: 'FREE_OF_CHARGE',
  FAILED: 'NOT_CHARGED',
  UNKNOWN: 'NOT_CHARGED',
};

/** A refusal is no reason to wait for a person: the most that it may have cost is booked, as an estimate. */
const UNTOLD: Readonly<Record<Exclude<Made, 'FILM'>, Outcome>> = {
  REFUSED: 'CHARGED',
  FAILED: 'UNKNOWN',
  UNKNOWN: 'UNKNOWN',
};

/**
 * What its money is booked as: nothing only where the provider says so, else by usage, else by what became of it. Null
 * leaves it set aside: a film of which no usage is told is booked by its length, once it was fetched.
 */
export function bookingOf(made: Made | null, { isFree, ...told }: ClipBill = NO_BILL): Known | null {
  if (made === null) return null;
  const byUsage = told.usage && { ...told, usage: told.usage };
  if (made === 'FILM') return byUsage;
  if (isFree) return FREE[made];
  return byUsage ?? UNTOLD[made];
}
