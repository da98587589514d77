/** How pictures of one shape are put into frames of another. Pure. */
import type { PictureSize } from './redraw-picture.ts';

/**
 * - `WHOLE`: it has the frame's shape.
 * - `CROPPED`: nearly; it fills the frame, and loses a little at two edges.
 * - `PADDED`: it has another one; it is shown whole, between black bars.
 */
export type Fitting = 'WHOLE' | 'CROPPED' | 'PADDED';

/** Share of a side that may be lost; ours: several times what models round off (16:9 comes as 1376x768), less than a person frames by. */
const MOST_CROPPED = 0.1;

/** Share that is a line or two, as rounding to whole pixels leaves them. */
const ROUNDING = 0.004;

/** Width by height. */
export const aspectOf = ({ width, height }: PictureSize): number => width / height;

/** How pictures of an aspect are put into a frame of another one. */
export function fittingOf(aspect: number, frame: number): Fitting {
  const lost = 1 - Math.min(aspect / frame, frame / aspect);
  if (lost <= ROUNDING) return 'WHOLE';
  return lost <= MOST_CROPPED ? 'CROPPED' : 'PADDED';
}

/** The largest part of a picture that has the very shape of a frame, and even sides, as films must have. */
export function largestPart({ width, height }: PictureSize, frame: PictureSize): PictureSize {
  const divisor = commonDivisor(frame.width, frame.height);
  const unit = { width: (2 * frame.width) / divisor, height: (2 * frame.height) / divisor };
  const times = Math.floor(Math.min(width / unit.width, height / unit.height));
  // A frame of an odd shape has no such part: its own is as near as it gets.
  if (times === 0) return frame;
  return { width: unit.width * times, height: unit.height * times };
}

const commonDivisor = (one: number, other: number): number =>
  other === 0 ? one : commonDivisor(other, one % other);
