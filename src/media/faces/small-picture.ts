/** Small pictures, in which faces are looked for. Pure. */

/** Packed RGB. */
export type SmallPicture = { width: number; height: number; rgb: Uint8Array };

/** px of a picture's longer side: more brings no more faces, and the net sees 256 of them at a time. */
export const LONG_SIDE = 640;

/** Upright, of square pixels, the longer side `LONG_SIDE`; even, and never so thin that nothing is left. */
export function smallSize(aspect: number): { width: number; height: number } {
  if (aspect >= 1) return { width: LONG_SIDE, height: even(LONG_SIDE / aspect) };
  return { width: even(LONG_SIDE * aspect), height: LONG_SIDE };
}

const even = (side: number): number => Math.max(16, Math.round(side / 2) * 2);

/** A part of a small picture, px. */
export type Part = { x: number; y: number; width: number; height: number };

/** Sides of the squares, by the longer side: two of them meet in the middle, and cover 16:9 whole. */
const SQUARE_SHARE = 0.5625;
/** What is nearly square has no two squares. */
const LEAST_ASPECT = 1.2;

/** All of a picture. */
export const wholePart = ({ width, height }: SmallPicture): Part => ({ x: 0, y: 0, width, height });

/** The two squares at the ends of a picture, in which small faces are larger; none of a picture that is nearly one. */
export function squareParts({ width, height }: SmallPicture): Part[] {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  if (long / short < LEAST_ASPECT) return [];
  const side = Math.max(short, Math.round(long * SQUARE_SHARE));
  const ends = [0, long - side];
  return ends.map((end) =>
    width > height ? { x: end, y: 0, width: side, height } : { x: 0, y: end, width, height: side },
  );
}
