import { type InputIssue, refuseIssues } from '../../core/errors.ts';

/** Longest crossfade, in seconds; ours: longer ones eat the scenes. Half of the shortest clip is the other limit. */
export const MAX_CROSSFADE_SECONDS = 5;

/** @throws {InvalidInputError} naming `crossfadeSeconds`. */
export const checkCrossfade = (seconds: number, shortestClipSeconds: number): void =>
  refuseIssues(crossfadeIssues(seconds, shortestClipSeconds));

/** What is wrong with a crossfade between clips, the shortest of which lasts so long. */
export function crossfadeIssues(seconds: number, shortestClipSeconds: number): InputIssue[] {
  const longest = Math.max(0, Math.min(MAX_CROSSFADE_SECONDS, shortestClipSeconds / 2));
  if (Number.isFinite(seconds) && seconds >= 0 && seconds <= longest) return [];
  const message = `Must be from 0 to ${longest} seconds: at most half of the shortest clip.`;
  return [{ path: ['crossfadeSeconds'], message }];
}
