import { between } from '../art/random.ts';
import { ellipse } from '../art/shapes.ts';
import { ridge, rocks } from './ground.ts';
import type { PlaceSketch } from './place.ts';

/** Regolith under a black sky. */
export const space: PlaceSketch = {
  far(stage, painter) {
    const { framing } = stage;
    painter.solid(
      [ridge(stage, painter, framing.horizon + framing.height * 0.09, framing.height * 0.08, 0.6)],
      0.3,
    );
  },
  mid(stage, painter) {
    const { framing } = stage;
    painter.solid(
      [ridge(stage, painter, framing.ground + framing.height * 0.03, framing.height * 0.04, 0.15)],
      0.6,
    );
    for (let crater = 0; crater < 9; crater += 1) {
      const y = framing.ground + framing.height * between(painter.random, 0.06, 0.22);
      const size = framing.width * between(painter.random, 0.015, 0.05);
      painter.solid([ellipse(framing.width * painter.random(), y, size * 1.7, size * 0.36)], 0.82, {
        rim: 0.8,
      });
    }
  },
  near(stage, painter) {
    rocks(stage, painter, stage.framing.height * 0.98, stage.framing.height * 0.1);
  },
};
