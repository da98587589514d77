import type { Shortfall } from '../../providers/capabilities/storyboard.ts';

/** Of an answer that was paid for before its step was begun anew: it may have been cut off. */
export const PERHAPS_CUT: Shortfall = { problem: 'It made no film.', needsRoom: true };

/**
 * What the next answer is told of the one that is of no use. Pure. Once an answer was cut off, all after it keep the larger
 * room: with the smaller, what was paid for and cut might be paid for again.
 *
 * @param before what that answer was told itself; null for the first.
 */
export const shortfallAfter = (
  before: Shortfall | null,
  { problem, wasCut }: { problem: string; wasCut: boolean },
): Shortfall => ({ problem, needsRoom: wasCut || before?.needsRoom === true });
