import { FRAME_RATE } from '../encoding.ts';

/**
 * Frames that each clip overlaps the next, one number a join: as wished, but at most half of either
 * clip, so that never three clips show at once. A clip of one frame is cut hard.
 *
 * @param wishedSeconds rounded to whole frames.
 */
export function crossfadeFrames(wishedSeconds: number, clipFrames: readonly number[]): number[] {
  const wished = Math.max(0, Math.round(wishedSeconds * FRAME_RATE));
  return clipFrames
    .slice(1)
    .map((frames, join) => Math.min(wished, halfOf(frames), halfOf(clipFrames[join] ?? 0)));
}

const halfOf = (frames: number) => Math.floor(frames / 2);
