import type { Painter } from '../art/painter.ts';
import { type Point, ellipse, rect } from '../art/shapes.ts';
import type { Stage } from '../art/stage.ts';
import type { PlaceSketch } from './place.ts';
import { blocks, street } from './city.ts';

/** Stalls under a string of lights. */
export const market: PlaceSketch = {
  far(stage, painter) {
    const { framing } = stage;
    blocks(stage, painter, framing.horizon + framing.height * 0.05, 0.26, 0.2, 0.1);
    street(stage, painter, framing.horizon + framing.height * 0.05);
  },
  mid(stage, painter) {
    const { framing } = stage;
    const short = Math.min(framing.width, framing.height * 1.3);
    for (const [share, scale] of [
      [0.06, 1],
      [0.33, 0.78],
      [0.95, 1.05],
    ] as const)
      stall(
        stage,
        painter,
        framing.width * share,
        framing.ground + framing.height * 0.04 * scale,
        short * 0.24 * scale,
      );
    lights(stage, painter, framing.height * 0.16, framing.height * 0.09);
    lights(stage, painter, framing.height * 0.26, framing.height * 0.06);
  },
  near(stage, painter) {
    const { framing, bottom } = stage;
    for (const share of [-0.02, 0.16, 0.86, 1.02]) {
      const x = framing.width * share;
      painter.solid(
        [ellipse(x, bottom - framing.height * 0.02, framing.height * 0.15, framing.height * 0.12)],
        1,
        { rim: 0.4 },
      );
    }
  },
};

function stall(stage: Stage, painter: Painter, x: number, ground: number, size: number): void {
  const { palette, dark } = stage;
  painter.solid(
    [
      rect(x - size * 0.46, ground - size * 0.78, size * 0.03, size * 0.78),
      rect(x + size * 0.43, ground - size * 0.78, size * 0.03, size * 0.78),
    ],
    0.8,
  );
  painter.solid([rect(x - size * 0.46, ground - size * 0.36, size * 0.92, size * 0.36)], 0.66);
  for (let fruit = 0; fruit < 9; fruit += 1)
    painter.solid([ellipse(x - size * 0.4 + fruit * size * 0.1, ground - size * 0.385, size * 0.052)], 0.5, {
      color: fruit % 3 ? palette.lamp : palette.haze,
    });
  for (let stripe = 0; stripe < 8; stripe += 1) {
    const from = x - size * 0.56 + stripe * size * 0.14;
    painter.solid(
      [
        [
          [x - size * 0.44 + stripe * size * 0.11, ground - size],
          [x - size * 0.44 + (stripe + 1) * size * 0.11, ground - size],
          [from + size * 0.14, ground - size * 0.76],
          ...ellipse(from + size * 0.07, ground - size * 0.76, size * 0.07, size * 0.045, 0, Math.PI),
        ],
      ],
      stripe % 2 ? 0.4 : 0.86,
    );
  }
  if (dark) painter.glow(x, ground - size * 0.6, size * 0.62, palette.lamp, 0.5);
  painter.lit([ellipse(x, ground - size * 0.66, size * 0.035)], palette.lamp, size * 0.1);
}

function lights(stage: Stage, painter: Painter, y: number, sag: number): void {
  const { left, right, framing, palette } = stage;
  const string = Array.from({ length: 31 }, (_, step): Point => [
    left + ((right - left) * step) / 30,
    y + Math.sin((((step / 30) * 2) % 1) * Math.PI) * sag,
  ]);
  painter.line(string, painter.tone(0.9), framing.unit * 1.6, 0.8);
  painter.lit(
    string.map(([px, py]) => ellipse(px, py + framing.unit * 7, framing.unit * 5.5)),
    palette.lamp,
    framing.unit * 16,
  );
}
