/** How the shots of a clip fill its frame. Pure. */

/** Centre of what is shown, in shares of the upright picture's width and height. */
export type FramePoint = { atSeconds: number; x: number; y: number };

/**
 * A part of the picture with the shape of what it fills; its centre moves in straight lines from point to point. `scale` 1 is the
 * largest part there is, 0.5 one of half its sides.
 */
export type CropPart = { scale: number; points: FramePoint[] };

/**
 * - `CROP`: a part of the picture fills the frame.
 * - `SPLIT`: two parts share it: one above the other in a frame that is taller than wide, else beside each other.
 * - `WHOLE`: all of the picture, in front of a blurred copy of itself.
 */
export type ShotFraming =
  | ({ kind: 'CROP' } & CropPart)
  | { kind: 'SPLIT'; parts: [first: CropPart, second: CropPart] }
  | { kind: 'WHOLE' };

export type Framing = {
  /** px of the clip, even. */
  width: number;
  height: number;
  /** In order; each lasts until the next one, and the last to the end. Seconds are the source's. */
  shots: { fromSeconds: number; framing: ShotFraming }[];
};

export type Size = { width: number; height: number };

/** px of the two halves of a frame, the upper or left one first; even, as the frame is. */
export function halvesOf({ width, height }: Size): {
  isStacked: boolean;
  sizes: [first: Size, second: Size];
} {
  const isStacked = height > width;
  const side = isStacked ? height : width;
  const first = Math.round(side / 4) * 2;
  const half = (length: number): Size => (isStacked ? { width, height: length } : { width: length, height });
  return { isStacked, sizes: [half(first), half(side - first)] };
}

/** Which shot shows a picture: the one that began last. */
export function shotAt({ shots }: Framing, seconds: number): number {
  return Math.max(
    0,
    shots.findLastIndex(({ fromSeconds }) => fromSeconds <= seconds + SAME_PICTURE_SECONDS),
  );
}

/** Half a picture at 120 a second: times that come by another way of rounding are the same. */
const SAME_PICTURE_SECONDS = 1 / 240;

/** px of the part of a picture that has a frame's shape; even, as chroma has it. */
export function cropSize(picture: Size, frame: Size, scale: number): Size {
  const times = Math.min(picture.width / frame.width, picture.height / frame.height) * clamp(scale, 0.05, 1);
  return {
    width: even(frame.width * times, picture.width),
    height: even(frame.height * times, picture.height),
  };
}

const even = (length: number, most: number): number =>
  clamp(Math.round(length / 2) * 2, 2, Math.floor(most / 2) * 2);

/** px of the crop's left upper corner, never beyond the picture. */
export function cropPlace(
  points: readonly FramePoint[],
  seconds: number,
  picture: Size,
  crop: Size,
): { x: number; y: number } {
  const { x, y } = pointAt(points, seconds);
  return {
    x: Math.round(clamp(x * picture.width - crop.width / 2, 0, picture.width - crop.width)),
    y: Math.round(clamp(y * picture.height - crop.height / 2, 0, picture.height - crop.height)),
  };
}

/** In the middle without points; before the first and after the last, at those. */
function pointAt(points: readonly FramePoint[], seconds: number): { x: number; y: number } {
  const after = points.find(({ atSeconds }) => atSeconds > seconds);
  const before = points.findLast(({ atSeconds }) => atSeconds <= seconds);
  if (!after || !before) return before ?? after ?? { x: 0.5, y: 0.5 };
  const share = (seconds - before.atSeconds) / (after.atSeconds - before.atSeconds);
  return { x: before.x + (after.x - before.x) * share, y: before.y + (after.y - before.y) * share };
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
