import { mix } from '../art/color.ts';
import { between } from '../art/random.ts';
import { type Point, smooth, points } from '../art/shapes.ts';
import type { Stage } from '../art/stage.ts';
import type { Painter } from '../art/painter.ts';
import { grass, plane, ridge, rocks } from './ground.ts';
import type { PlaceSketch } from './place.ts';
import { field } from './open-land.ts';

/** Open water to the horizon, a headland, rocks before us. */
export const sea: PlaceSketch = {
  far(stage, painter) {
    const { framing, palette } = stage;
    painter.solid(
      [ridge(stage, painter, framing.horizon + 2, framing.height * 0.05, 0.3, framing.horizon + 2)],
      0.05,
    );
    water(stage, painter, framing.horizon);
    painter.line(
      [
        [stage.left, framing.horizon],
        [stage.right, framing.horizon],
      ],
      mix(palette.haze, palette.light, 0.5),
      framing.unit * 1.5,
      0.5,
    );
  },
  mid(stage, painter) {
    if (stage.recipe.subject === 'ship') return;
    const { framing, right, bottom } = stage;
    const { x, ground, width, height } = framing;
    const cliff: Point[] = [
      [x - width * 0.24, bottom],
      [x - width * 0.2, ground + height * 0.1],
      [x - width * 0.15, ground + height * 0.045],
      [x - width * 0.09, ground + height * 0.015],
      [x, ground],
      [x + width * 0.11, ground - height * 0.005],
      [x + width * 0.19, ground - height * 0.025],
      [x + width * 0.3, ground - height * 0.04],
      [right, ground - height * 0.07],
      [right, bottom],
    ];
    painter.solid(
      [cliff.map(([px, py]): Point => [px, py + between(painter.random, -3, 3) * framing.unit])],
      0.62,
    );
    // Wires have no shadow side.
    if (stage.recipe.style === 'neon') return;
    // Clefts: the cliff's own shadow side, running to its foot.
    for (let step = 0; step < 6; step += 1) {
      const px = x - width * 0.17 + (step + painter.random() * 0.6) * width * 0.085;
      const py = ground + height * between(painter.random, 0.04, 0.13);
      const cleft: Point[] = [
        [px, py],
        [px + width * 0.022, py + height * 0.05],
        [px + width * between(painter.random, 0.03, 0.06), bottom],
        [px - width * 0.012, bottom],
        [px + width * 0.004, py + height * 0.07],
      ];
      painter.solid([cleft], 0.69, { rim: 0.2 });
    }
  },
  near(stage, painter) {
    rocks(stage, painter, stage.framing.height * 0.97, stage.framing.height * 0.12);
  },
};

/** Water that mirrors the sky from `y` down. */
export function water(stage: Stage, painter: Painter, y: number): void {
  const { palette, framing, left, right, bottom, sun } = stage;
  const { ctx, random } = painter;
  const gradient = ctx.createLinearGradient(0, y, 0, bottom);
  gradient.addColorStop(0, mix(palette.sky[3], palette.far, 0.35));
  gradient.addColorStop(0.25, mix(palette.sky[2], palette.mid, 0.55));
  gradient.addColorStop(1, mix(palette.mid, palette.near, 0.6));
  ctx.fillStyle = gradient;
  ctx.fillRect(left, y, right - left, bottom - y);
  for (let row = 0; row < 46; row += 1) {
    const depth = (row / 46) ** 1.7;
    const at = y + (bottom - y) * depth + 2;
    for (let dash = 0; dash < 4; dash += 1) {
      const length = framing.width * between(random, 0.02, 0.12) * (0.35 + depth * 1.3);
      const x = between(random, left, right);
      const lit = Math.max(0, 1 - Math.abs(x - sun.x) / (framing.width * (0.1 + depth * 0.16)));
      painter.line(
        [
          [x, at],
          [x + length, at],
        ],
        lit > 0.05 ? palette.light : dash % 2 ? palette.near : palette.haze,
        framing.unit * (0.8 + depth * 3),
        0.13 + lit * 0.5,
      );
    }
  }
}

export const river: PlaceSketch = {
  far(stage, painter) {
    field.far(stage, painter);
    plane(stage, painter, stage.framing.horizon + stage.framing.height * 0.06, 0.4, 0.8);
  },
  mid(stage, painter) {
    const { framing, palette, bottom } = stage;
    const { width: w, height: h, horizon } = framing;
    const bank: Point[] = points(
      '0.47,0.1 0.36,0.16 0.52,0.27 0.3,0.42 0.08,0.8 0.78,0.8 0.66,0.42 0.68,0.27 0.44,0.16 0.49,0.1',
    ).map(([x, y]): Point => [w * x, horizon + h * y * 0.9]);
    const gradient = painter.ctx.createLinearGradient(0, horizon, 0, bottom);
    gradient.addColorStop(0, palette.light);
    gradient.addColorStop(0.4, mix(palette.sky[3], palette.far, 0.4));
    gradient.addColorStop(1, mix(palette.sky[1], palette.near, 0.45));
    painter.ctx.fillStyle = gradient;
    painter.ctx.fill(painter.path([smooth(bank, 8)]));
    const clear = Math.max(w * 0.2, framing.size * 0.4);
    painter.solid(
      [
        [
          [framing.x - clear, bottom],
          [framing.x - clear * 0.7, framing.ground + h * 0.02],
          [framing.x, framing.ground - h * 0.004],
          [stage.right, framing.ground - h * 0.03],
          [stage.right, bottom],
        ],
      ],
      0.62,
      { rim: 0.5 },
    );
  },
  near(stage, painter) {
    grass(stage, painter, stage.framing.height * 0.97, stage.framing.height * 0.16, 0.8);
  },
};
