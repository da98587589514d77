/** Shapes of a clip. Pure. */
import type { Size } from '../cut/framing.ts';

/** Width to height; `SOURCE` is the film's own. */
export type Aspect = 'SOURCE' | '9:16' | '1:1' | '4:5';

/** px, as the places where such clips are shown ask for them. */
const FRAMES: Record<Exclude<Aspect, 'SOURCE'>, Size> = {
  '9:16': { width: 1_080, height: 1_920 },
  '1:1': { width: 1_080, height: 1_080 },
  '4:5': { width: 1_080, height: 1_350 },
};

const even = (side: number): number => Math.max(2, Math.floor(side / 2) * 2);

/** px of a clip of a film whose upright pictures are so large. */
export const frameOf = (aspect: Aspect, picture: Size): Size =>
  aspect === 'SOURCE' ? { width: even(picture.width), height: even(picture.height) } : FRAMES[aspect];

/** So much of a picture may be lost at its edges without a word. */
const ALIKE = 0.01;

/** Whether a picture fills a frame as it is. */
export const fills = (picture: Size, frame: Size): boolean =>
  Math.abs((picture.width * frame.height) / (picture.height * frame.width) - 1) <= ALIKE;
