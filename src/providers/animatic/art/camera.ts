import type { Move } from './recipe.ts';

/** What the lens sees: `zoom` 1 is the whole frame, `x` and `y` shift it by shares of the frame. */
export type Camera = { zoom: number; x: number; y: number };

/** Share of the frame drawn beyond each edge, for the camera to move into. */
export const OVERSCAN = 0.09;

const PATHS: Readonly<Record<Move, readonly [Camera, Camera]>> = {
  'push in': [
    { zoom: 1, x: 0, y: 0.008 },
    { zoom: 1.16, x: 0, y: -0.008 },
  ],
  'pull out': [
    { zoom: 1.16, x: 0, y: -0.008 },
    { zoom: 1, x: 0, y: 0.008 },
  ],
  'pan left': [
    { zoom: 1.05, x: 0.05, y: 0 },
    { zoom: 1.05, x: -0.05, y: 0 },
  ],
  'pan right': [
    { zoom: 1.05, x: -0.05, y: 0 },
    { zoom: 1.05, x: 0.05, y: 0 },
  ],
  'tilt up': [
    { zoom: 1.05, x: 0, y: 0.045 },
    { zoom: 1.06, x: 0, y: -0.045 },
  ],
  'tilt down': [
    { zoom: 1.05, x: 0, y: -0.045 },
    { zoom: 1.06, x: 0, y: 0.045 },
  ],
  'truck left': [
    { zoom: 1.04, x: 0.06, y: 0 },
    { zoom: 1.08, x: -0.05, y: 0 },
  ],
  'truck right': [
    { zoom: 1.04, x: -0.06, y: 0 },
    { zoom: 1.08, x: 0.05, y: 0 },
  ],
  drift: [
    { zoom: 1.02, x: -0.015, y: 0.006 },
    { zoom: 1.06, x: 0.015, y: -0.006 },
  ],
};

/** How much farther the outgoing shot may travel after its end frame, as a share of its move. */
const OVERRUN = 1.12;

/** The camera after a share of its move: 0 at the first frame, 1 at the last, a little more while the shot dissolves away. */
export function cameraAt(move: Move, share: number): Camera {
  const [from, to] = PATHS[move];
  const along = (axis: keyof Camera) => from[axis] + (to[axis] - from[axis]) * Math.min(share, OVERRUN);
  return { zoom: along('zoom'), x: along('x'), y: along('y') };
}

/** Slow, steady, slow: no velocity at either end, so that shots join without a jolt. */
export const ease = (t: number): number => t * t * (3 - 2 * t);
