import { bookingOf, ruleOf } from '../../../src/features/video-clips/verdict-rules.ts';
import type { ClipVerdict } from '../../../src/providers/clip-verdict.ts';

/** What follows from an answer about a clip that was asked about seldom so far: what is booked, and what is done. */
export function followUpOf(told: ClipVerdict): { money: string; next: string } {
  const { made, next } = ruleOf(told, { isLast: false, wasDone: false, mayOrderAnew: true });
  if (made === null) return { money: 'SET_ASIDE', next };
  const booking = bookingOf(made, told.bill);
  if (booking === null) return { money: 'BY_LENGTH', next };
  return { money: typeof booking === 'string' ? booking : 'BY_USAGE', next };
}
