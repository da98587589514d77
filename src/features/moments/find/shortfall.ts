import { MOST_MOMENTS, type SoundInput } from './finder-input.ts';
import type { Shortfall } from './found-moments.ts';

/** Why there are fewer moments than were asked for; null if there are as many. */
export function shortfallOf(
  { durationSeconds, limits }: SoundInput,
  found: number,
  hasWords: boolean,
): Shortfall | null {
  if (found >= Math.min(limits.minMoments, MOST_MOMENTS)) return null;
  if (!(durationSeconds >= limits.minMomentLength)) return 'VIDEO_TOO_SHORT';
  return hasWords ? 'NO_ROOM' : 'NO_WORDS';
}
