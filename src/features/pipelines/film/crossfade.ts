import { type InputIssue, refuseIssues } from '../../../core/errors.ts';

/** Longest crossfade, in seconds; ours: longer ones eat the scenes. Half of a clip is the other limit. */
export const MAX_CROSSFADE_SECONDS = 5;

/** @throws {InvalidInputError} naming `crossfadeSeconds`. */
export const checkCrossfade = (seconds: number, clipSeconds: number): void =>
  refuseIssues(crossfadeIssues(seconds, clipSeconds));

/**
 * What is wrong with a crossfade between clips of which none lasts longer. Clips that come out shorter do not
 * refuse it: it is shortened at their joins.
 */
export function crossfadeIssues(seconds: number, clipSeconds: number): InputIssue[] {
  const longest = Math.max(0, Math.min(MAX_CROSSFADE_SECONDS, clipSeconds / 2));
  if (Number.isFinite(seconds) && seconds >= 0 && seconds <= longest) return [];
  const message = `Must be from 0 to ${longest} seconds: at most half of a clip.`;
  return [{ path: ['crossfadeSeconds'], message }];
}
