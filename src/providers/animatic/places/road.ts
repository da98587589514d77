import { mix } from '../art/color.ts';
import { type Outline, type Point, limb } from '../art/shapes.ts';
import { grass, plane } from './ground.ts';
import type { PlaceSketch } from './place.ts';
import { field } from './open-land.ts';
import { grid } from './city.ts';

export const road: PlaceSketch = {
  far(stage, painter) {
    field.far(stage, painter);
    plane(stage, painter, stage.framing.horizon + stage.framing.height * 0.045, 0.36, 0.8);
    const { framing, bottom, palette, recipe } = stage;
    const y = framing.horizon + framing.height * 0.046;
    if (recipe.style === 'neon') grid(stage, painter, y);
    const vanish = framing.width * 0.56;
    const lane = (from: number, to: number, nearFrom: number, nearTo: number): Outline => [
      [vanish + from * framing.width, y],
      [vanish + to * framing.width, y],
      [vanish + nearTo * framing.width, bottom],
      [vanish + nearFrom * framing.width, bottom],
    ];
    painter.solid([lane(-0.008, 0.008, -0.72, 0.5)], 0.74, { rim: 0.4 });
    for (let dash = 0; dash < 8; dash += 1) {
      const from = (dash / 8) ** 2;
      const to = ((dash + 0.55) / 8) ** 2;
      const at = (t: number, shift: number): Point => [
        vanish - 0.11 * framing.width * t + shift * framing.width * t,
        y + (bottom - y) * t,
      ];
      painter.solid([[at(from, -0.012), at(from, 0.012), at(to, 0.012), at(to, -0.012)]], 0, {
        flat: true,
        color: mix(palette.light, palette.haze, 0.2),
      });
    }
  },
  mid(stage, painter) {
    const { framing } = stage;
    const y = framing.horizon + framing.height * 0.046;
    for (let post = 0; post < 6; post += 1) {
      const t = ((post + 0.6) / 6) ** 2.2;
      const x = framing.width * (0.56 + 0.03 + 0.5 * t);
      const ground = y + framing.height * 0.44 * t;
      const tall = framing.height * (0.02 + 0.5 * t);
      painter.solid(
        [
          limb([x, ground], [x, ground - tall], framing.unit * (2 + 9 * t)),
          limb(
            [x - tall * 0.16, ground - tall * 0.9],
            [x + tall * 0.16, ground - tall * 0.9],
            framing.unit * (1.4 + 5 * t),
          ),
        ],
        0.35 + 0.5 * t,
        { rim: 0.6 },
      );
    }
  },
  near(stage, painter) {
    grass(stage, painter, stage.framing.height * 1.0, stage.framing.height * 0.1, 0.9);
  },
};
