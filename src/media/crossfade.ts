import { InvalidInputError } from '../core/errors.ts';
import { FRAME_RATE } from './encoding.ts';

/**
 * The crossfade in whole frames of the film.
 *
 * @throws {InvalidInputError} path `crossfadeSeconds`, when it is negative or longer than half the
 *   shortest clip: three clips would show at once.
 */
export function crossfadeFrames(crossfadeSeconds: number, clipSeconds: readonly number[]): number {
  const frames = Math.round(crossfadeSeconds * FRAME_RATE);
  const shortest = Math.min(...clipSeconds);
  const longest = clipSeconds.length > 1 ? shortest / 2 : Infinity;
  if (crossfadeSeconds >= 0 && frames / FRAME_RATE <= longest) return frames;
  const limit = `0 to ${Math.floor(longest * 100) / 100}`;
  const message = `Must be ${limit} seconds: at most half of the shortest clip, which lasts ${shortest.toFixed(2)} s.`;
  throw new InvalidInputError([{ path: ['crossfadeSeconds'], message }]);
}
