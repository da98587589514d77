import type { Painter } from '../art/painter.ts';
import type { Shot } from '../art/recipe.ts';

/** Where a thing stands and how large it is. */
export type Stand = {
  x: number;
  /** Its foot, px from the top. */
  ground: number;
  /** Height of the thing, px. */
  size: number;
  /** 0 at the horizon, 1 before the lens. */
  depth: number;
  /** Whether lamps would be on. */
  dark: boolean;
  /** 1 looks right, -1 looks left. */
  facing: 1 | -1;
  shot: Shot;
  /** Whether people need air. */
  suited: boolean;
};

/** Draws one thing. */
export type SubjectSketch = (painter: Painter, stand: Stand) => void;
