/** How long clips last. Pure. */
import type { VideoClipSource } from '../generated/prisma/client.ts';
import type { ClipLimits } from './capabilities/clip.ts';

/** Seconds that clips filmed from these are made to last, in order; none of what the provider does not film from. */
export function clipLengthsOf(
  { seconds: { min, max }, lengths, maxReferences }: ClipLimits,
  clipsFrom: VideoClipSource,
): readonly number[] {
  if (clipsFrom === 'REFERENCE_IMAGES' && maxReferences === 0) return [];
  return lengths?.(clipsFrom) ?? Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

/** The shortest length that is not below `seconds`; the longest where none is, and the same where none is known. */
export const snapSeconds = (lengths: readonly number[], seconds: number): number =>
  lengths.find((length) => length >= seconds) ?? lengths.at(-1) ?? seconds;
