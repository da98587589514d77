/** Whether a drawn frame has the shape and size that its film needs. Pure. */
import { aspectOf, fittingOf, largestPart } from '../../media/still/fitting.ts';
import type { Size } from '../../providers/aspect-ratio.ts';

/** What is to be done with a frame, and why, in words. */
export type FrameShape =
  | { kind: 'AS_IT_IS' }
  /** The middle of it is kept, in this size. */
  | { kind: 'FITTED'; part: Size; size: Size; words: string }
  /** It is none that the clip can begin or end with. */
  | { kind: 'FAR_OFF'; words: string };

/** Share of the film's shorter side below which a frame is too small to be filmed from; ours. */
const SMALLEST = 0.5;

/**
 * Looks at a frame.
 *
 * @param film px of its film.
 * @param other px of the clip's other frame, which this one is to be like; null if there is none yet.
 */
export function shapeOf(drawn: Size, film: Size, other: Size | null): FrameShape {
  const frame = other ?? film;
  const came = `it came as ${inPixels(drawn)}`;
  if (shorterSide(drawn) < shorterSide(film) * SMALLEST)
    return { kind: 'FAR_OFF', words: `${came}, too small for a film of ${inPixels(film)}` };
  if (fittingOf(aspectOf(drawn), aspectOf(frame)) === 'PADDED')
    return { kind: 'FAR_OFF', words: `${came}, another shape than the ${inPixels(frame)} of its film` };
  const part = largestPart(drawn, frame);
  const size = other ?? part;
  if (isSame(size, drawn)) return { kind: 'AS_IT_IS' };
  const steps = [
    ...(isSame(part, drawn) ? [] : [`cropped to ${inPixels(part)}`]),
    ...(isSame(size, part) ? [] : [`scaled to ${inPixels(size)}`]),
  ];
  return { kind: 'FITTED', part, size, words: `${came}, and was ${steps.join(' and ')}` };
}

const shorterSide = ({ width, height }: Size): number => Math.min(width, height);
const inPixels = ({ width, height }: Size): string => `${width}x${height}`;
const isSame = (one: Size, other: Size): boolean => one.width === other.width && one.height === other.height;
