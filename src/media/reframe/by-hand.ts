/** What a person says of a shot's framing. Pure. */

import type { Span } from './smooth-path.ts';

/** A part of the picture: left upper corner and sides, in shares of the upright picture's width and height. */
export type Rectangle = { x: number; y: number; width: number; height: number };

/** How the shot that shows a moment of the film is framed. */
export type ShotByHand = {
  /** On the film's clock; any moment of the shot. */
  atSeconds: number;
} & (
  | {
      /** Which face is followed, counted from the left, 0 the first. */
      face: number;
    }
  | { rectangle: Rectangle }
  | { whole: true }
);

/** What was said last of a shot; null where nothing was. */
export const handOn = (byHand: readonly ShotByHand[], { fromSeconds, toSeconds }: Span): ShotByHand | null =>
  byHand.findLast(({ atSeconds }) => atSeconds >= fromSeconds && atSeconds < toSeconds) ?? null;
