import { mix } from '../art/color.ts';
import { between } from '../art/random.ts';
import { type Point } from '../art/shapes.ts';
import type { Stage } from '../art/stage.ts';
import type { Painter } from '../art/painter.ts';
import { fir } from '../subjects/nature.ts';
import { grass, ridge, rocks } from './ground.ts';
import type { PlaceSketch } from './place.ts';

export const mountain: PlaceSketch = {
  far(stage, painter) {
    const { framing, palette } = stage;
    peaks(stage, painter, framing.horizon + framing.height * 0.02, 0.34, 0.04, palette.light);
    peaks(stage, painter, framing.horizon + framing.height * 0.06, 0.2, 0.26, palette.light);
    painter.solid(
      [ridge(stage, painter, framing.horizon + framing.height * 0.08, framing.height * 0.09, 0.5)],
      0.4,
    );
  },
  mid(stage, painter) {
    const { framing } = stage;
    painter.solid(
      [ridge(stage, painter, framing.ground + framing.height * 0.07, framing.height * 0.09, 0.12)],
      0.6,
    );
    for (let index = 0; index < 7; index += 1) {
      const x = framing.x + (index < 3 ? -1 : 1) * framing.width * between(painter.random, 0.16, 0.44);
      painter.solid(
        [fir(x, framing.ground + framing.height * 0.05, framing.height * between(painter.random, 0.1, 0.2))],
        0.7,
        { rim: 0.5 },
      );
    }
  },
  near(stage, painter) {
    rocks(stage, painter, stage.framing.height * 0.985, stage.framing.height * 0.1);
    grass(stage, painter, stage.framing.height * 1.0, stage.framing.height * 0.07, 0.6);
  },
};

function peaks(
  stage: Stage,
  painter: Painter,
  base: number,
  height: number,
  depth: number,
  snow: string,
): void {
  const { framing, left, right } = stage;
  let x = left - framing.width * 0.1;
  while (x < right) {
    const wide = framing.width * between(painter.random, 0.26, 0.46);
    const tall = framing.height * height * between(painter.random, 0.55, 1.05);
    const tip: Point = [x + wide * between(painter.random, 0.42, 0.58), base - tall];
    const slope = (to: Point, folds: number): Point[] =>
      Array.from({ length: folds }, (_, fold): Point => {
        const t = (fold + 1) / (folds + 1);
        return [
          tip[0] + (to[0] - tip[0]) * t + between(painter.random, -0.02, 0.02) * wide,
          tip[1] + (to[1] - tip[1]) * t + between(painter.random, -0.03, 0.03) * tall,
        ];
      });
    const leftFoot: Point = [x, base + framing.height * 0.1];
    const rightFoot: Point = [x + wide, base + framing.height * 0.1];
    const [downLeft, downRight] = [slope(leftFoot, 7), slope(rightFoot, 7)];
    painter.solid([[tip, ...downRight, rightFoot, leftFoot, ...downLeft.toReversed()]], depth, { rim: 0.5 });
    const cap: Point[] = [
      tip,
      ...downRight.slice(0, 2),
      [tip[0] + wide * 0.06, tip[1] + tall * 0.2],
      [tip[0] + wide * 0.01, tip[1] + tall * 0.31],
      [tip[0] - wide * 0.04, tip[1] + tall * 0.19],
      ...downLeft.slice(0, 2).toReversed(),
    ];
    painter.ctx.globalAlpha = 0.75;
    painter.solid([cap], depth, { color: mix(snow, painter.tone(depth), 0.25), rim: 0 });
    painter.ctx.globalAlpha = 1;
    x += wide * between(painter.random, 0.45, 0.7);
  }
}
