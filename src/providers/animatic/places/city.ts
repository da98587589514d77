import { fade, mix } from '../art/color.ts';
import type { Painter } from '../art/painter.ts';
import { between } from '../art/random.ts';
import { type Outline, type Point, rect } from '../art/shapes.ts';
import { openSoft } from '../art/soft.ts';
import type { Stage } from '../art/stage.ts';
import { lampPost } from '../subjects/buildings.ts';
import { plane } from './ground.ts';
import type { PlaceSketch } from './place.ts';

export const city: PlaceSketch = {
  far(stage, painter) {
    const { framing } = stage;
    blocks(stage, painter, framing.horizon + framing.height * 0.03, 0.3, 0.08, 0.055);
    blocks(stage, painter, framing.horizon + framing.height * 0.05, 0.24, 0.3, 0.075);
    street(stage, painter, framing.horizon + framing.height * 0.045);
  },
  mid(stage, painter) {
    const { framing } = stage;
    tower(
      stage,
      painter,
      framing.width * -0.06,
      framing.width * 0.19,
      framing.horizon - framing.height * 0.36,
      0.58,
    );
    tower(
      stage,
      painter,
      framing.width * 0.16,
      framing.width * 0.12,
      framing.horizon - framing.height * 0.2,
      0.5,
    );
    tower(
      stage,
      painter,
      framing.width * 0.88,
      framing.width * 0.2,
      framing.horizon - framing.height * 0.3,
      0.58,
    );
    for (const share of [0.3, 0.85])
      lampPost(
        painter,
        framing.width * share,
        framing.ground + framing.height * 0.03,
        framing.height * 0.34,
        0.75,
        stage.dark,
      );
  },
  near(stage, painter) {
    const { framing, top, bottom, left, right } = stage;
    painter.solid([rect(left, top, framing.margin.x + framing.width * 0.045, bottom - top)], 1);
    painter.solid(
      [rect(right - framing.margin.x - framing.width * 0.03, top, framing.margin.x * 2, bottom - top)],
      1,
    );
    for (let wire = 0; wire < 3; wire += 1) {
      const y = framing.height * (0.06 + wire * 0.045);
      const cable = Array.from({ length: 22 }, (_, step): Point => [
        left + ((right - left) * step) / 21,
        y + Math.sin((step / 21) * Math.PI) * framing.height * (0.07 + wire * 0.01),
      ]);
      painter.line(cable, painter.tone(1), framing.unit * 1.8, 0.8);
    }
  },
};

/** A band of buildings with windows, some of them lit. */
export function blocks(
  stage: Stage,
  painter: Painter,
  ground: number,
  height: number,
  depth: number,
  breadth: number,
): void {
  const { left, right, framing, palette, dark } = stage;
  const short = Math.min(framing.width, framing.height * 1.4);
  let x = left - 10;
  while (x < right) {
    const width = short * breadth * between(painter.random, 0.6, 1.5);
    const tall = framing.height * height * between(painter.random, 0.35, 1);
    const roof: Point[] =
      painter.random() > 0.7
        ? [
            [x + width * 0.5, ground - tall - width * 0.5],
            [x + width, ground - tall],
          ]
        : painter.random() > 0.5
          ? [
              [x + width * 0.55, ground - tall],
              [x + width * 0.55, ground - tall - width * 0.24],
              [x + width, ground - tall - width * 0.24],
            ]
          : [[x + width, ground - tall]];
    painter.solid([[[x, ground - tall], ...roof, [x + width, ground + 20], [x, ground + 20]]], depth, {
      rim: 0.5,
    });
    const cell = short * 0.013;
    const windows: Outline[] = [];
    for (let wx = x + cell; wx < x + width - cell * 1.2; wx += cell * 1.7) {
      for (let wy = ground - tall + cell * 1.4; wy < ground - cell; wy += cell * 2.1)
        if (painter.random() < (dark ? 0.34 : 0.12)) windows.push(rect(wx, wy, cell * 0.8, cell * 1.1));
    }
    painter.ctx.globalAlpha = dark ? 0.45 + depth : 0.35;
    painter.ctx.fillStyle = mix(palette.lamp, palette.haze, 0.3 * (1 - depth));
    painter.ctx.fill(painter.path(windows));
    painter.ctx.globalAlpha = 1;
    x += width * between(painter.random, 0.8, 1.25);
  }
}

/** A facade near enough to count its windows. */
function tower(stage: Stage, painter: Painter, x: number, width: number, top: number, depth: number): void {
  const { framing, dark } = stage;
  const ground = framing.ground + framing.height * 0.03;
  painter.solid([rect(x, top, width, ground - top)], depth);
  painter.solid(
    [rect(x - width * 0.03, top - framing.unit * 10, width * 1.06, framing.unit * 16)],
    Math.min(1, depth + 0.2),
  );
  const columns = 5;
  const cell = width / (columns * 1.6);
  const glass: Outline[] = [];
  const lit: Outline[] = [];
  for (let row = 0; top + cell * (1.6 + row * 2.1) < ground - cell * 2; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const pane = rect(x + cell * (0.55 + column * 1.55), top + cell * (1.2 + row * 2.1), cell, cell * 1.35);
      (painter.random() < (dark ? 0.36 : 0.1) ? lit : glass).push(pane);
    }
  }
  painter.ctx.fillStyle = mix(painter.tone(depth), painter.palette.haze, 0.16);
  painter.ctx.fill(painter.path(glass));
  painter.lit(lit, painter.palette.lamp, dark ? framing.unit * 10 : 2);
}

/** Pavement that shines: the lamps and the sky lie in it. */
export function street(stage: Stage, painter: Painter, y: number): void {
  const { framing, palette, left, right, recipe } = stage;
  const { random } = painter;
  plane(stage, painter, y, 0.45, 0.95);
  if (recipe.style === 'neon') return grid(stage, painter, y);
  const wet = recipe.weather === 'rain' || recipe.style === 'noir' ? 1 : 0.5;
  const soft = openSoft(stage, painter, framing.unit * 5);
  const { ctx } = soft.painter;
  for (let index = 0; index < 34; index += 1) {
    const x = between(random, left, right);
    const from = y + framing.height * between(random, 0, 0.03);
    const length = framing.height * between(random, 0.08, 0.26);
    const gradient = ctx.createLinearGradient(0, from, 0, from + length);
    const color = index % 3 ? palette.lamp : palette.light;
    gradient.addColorStop(0, fade(color, 0.6));
    gradient.addColorStop(1, fade(color, 0));
    ctx.globalAlpha = wet * between(random, 0.2, 0.75);
    ctx.fillStyle = gradient;
    // Ripples break a reflection into dashes that widen toward us.
    for (let dash = 0; dash < 7; dash += 1) {
      const width = framing.unit * (6 + dash * 4) * between(random, 0.6, 1.3);
      ctx.fillRect(
        x - width / 2 + framing.unit * between(random, -3, 3),
        from + (length * dash) / 7,
        width,
        (length / 7) * 0.66,
      );
    }
  }
  soft.settle();
}

/** The plane of light lines that runs to the horizon. */
export function grid(stage: Stage, painter: Painter, y: number): void {
  const { framing, left, right, bottom, palette } = stage;
  const centre = framing.width * 0.5;
  painter.ctx.save();
  painter.ctx.shadowColor = palette.light;
  painter.ctx.shadowBlur = framing.unit * 7;
  for (let column = -16; column <= 16; column += 1)
    painter.line(
      [
        [centre + column * framing.unit * 26, y],
        [centre + column * framing.unit * 190, bottom],
      ],
      palette.light,
      framing.unit * 1.5,
      0.42,
    );
  for (let row = 0; row < 11; row += 1) {
    const at = y + (bottom - y) * (row / 11) ** 2.1;
    painter.line(
      [
        [left, at],
        [right, at],
      ],
      palette.light,
      framing.unit * (0.8 + row * 0.18),
      0.24 + row * 0.03,
    );
  }
  painter.ctx.restore();
}
