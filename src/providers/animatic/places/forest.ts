import { between } from '../art/random.ts';
import { type Outline, limb, rect } from '../art/shapes.ts';
import type { Stage } from '../art/stage.ts';
import type { Painter } from '../art/painter.ts';
import { fir } from '../subjects/nature.ts';
import { grass, plane, ridge } from './ground.ts';
import type { PlaceSketch } from './place.ts';

export const forest: PlaceSketch = {
  far(stage, painter) {
    const { framing } = stage;
    painter.solid([ridge(stage, painter, framing.horizon, framing.height * 0.16, 0.35)], 0.02);
    firs(stage, painter, framing.horizon + framing.height * 0.01, 0.17, 0.16, 46);
    firs(stage, painter, framing.horizon + framing.height * 0.035, 0.25, 0.34, 30);
  },
  mid(stage, painter) {
    const { framing } = stage;
    plane(stage, painter, framing.horizon + framing.height * 0.05, 0.38, 0.85);
    painter.solid(
      [ridge(stage, painter, framing.ground + framing.height * 0.03, framing.height * 0.05, 0)],
      0.6,
      { rim: 0.4 },
    );
    for (const side of [-1, 1]) {
      for (let index = 0; index < 4; index += 1) {
        const x = framing.x + side * framing.width * (0.2 + index * 0.12 + painter.random() * 0.05);
        painter.solid(
          [
            fir(
              x,
              framing.ground + framing.height * 0.05,
              framing.height * between(painter.random, 0.36, 0.58),
            ),
          ],
          0.58 + index * 0.04,
        );
      }
    }
  },
  near(stage, painter) {
    const { framing, left, right, bottom, top } = stage;
    for (const [x, width] of [
      [left + framing.width * 0.05, 0.07],
      [right - framing.width * 0.04, 0.055],
    ] as const) {
      painter.solid(
        [
          [
            [x - (framing.width * width) / 2.6, top],
            [x + (framing.width * width) / 2.6, top],
            [x + (framing.width * width) / 2, bottom],
            [x - (framing.width * width) / 1.7, bottom],
          ],
        ],
        1,
      );
      painter.solid(
        [
          limb(
            [x, framing.height * 0.2],
            [x + (x < framing.width / 2 ? 1 : -1) * framing.width * 0.14, framing.height * 0.1],
            framing.unit * 14,
            framing.unit * 3,
          ),
        ],
        1,
      );
    }
    grass(stage, painter, framing.height * 0.98, framing.height * 0.1);
  },
};

function firs(
  stage: Stage,
  painter: Painter,
  ground: number,
  height: number,
  depth: number,
  count: number,
): void {
  const { left, right, framing, bottom } = stage;
  const trees: Outline[] = [];
  for (let index = 0; index < count; index += 1) {
    const x = left + ((right - left) * (index + painter.random())) / count;
    const open = 0.45 + 0.55 * Math.min(1, Math.abs(x - framing.x) / (framing.width * 0.22));
    trees.push(fir(x, ground + 4, framing.height * height * between(painter.random, 0.6, 1.1) * open));
  }
  for (const tree of trees) painter.solid([tree], depth, { rim: 0.5 });
  painter.solid([rect(left, ground, right - left, bottom - ground)], depth, { rim: 0 });
}
