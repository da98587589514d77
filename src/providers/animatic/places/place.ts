import type { Painter } from '../art/painter.ts';
import type { Stage } from '../art/stage.ts';

/** A set in three planes of depth; the subject stands on the middle one. */
export type PlaceSketch = {
  far(stage: Stage, painter: Painter): void;
  mid(stage: Stage, painter: Painter): void;
  near(stage: Stage, painter: Painter): void;
};
