import { mix } from '../art/color.ts';
import type { Painter } from '../art/painter.ts';
import { type Point, rect, smooth } from '../art/shapes.ts';
import type { Stage } from '../art/stage.ts';
import type { PlaceSketch } from './place.ts';

/** An interior: a tall window, its light on the floor, furniture against it. */
export const room: PlaceSketch = {
  far(stage, painter) {
    const { framing, left, right, top, bottom, palette } = stage;
    const { ctx } = painter;
    ctx.fillStyle = painter.tone(0.72);
    ctx.fillRect(left, top, right - left, bottom - top);
    const pane = windowPane(stage);
    const wall = ctx.createRadialGradient(
      pane.x + pane.width / 2,
      pane.y + pane.height / 2,
      pane.width * 0.3,
      pane.x + pane.width / 2,
      pane.y + pane.height / 2,
      framing.width * 0.75,
    );
    wall.addColorStop(0, mix(painter.tone(0.45), palette.light, 0.2));
    wall.addColorStop(0.4, painter.tone(0.62));
    wall.addColorStop(1, painter.tone(0.92));
    ctx.fillStyle = wall;
    ctx.fillRect(left, top, right - left, bottom - top);
    ctx.clearRect(pane.x, pane.y, pane.width, pane.height);
    painter.glow(
      pane.x + pane.width / 2,
      pane.y + pane.height / 2,
      pane.height * 1.1,
      palette.light,
      stage.recipe.hour === 'night' ? 0.16 : 0.4,
    );
    const bar = framing.unit * 9;
    const bars = [
      rect(pane.x - bar, pane.y - bar, pane.width + bar * 2, bar),
      rect(pane.x - bar * 2.5, pane.y + pane.height, pane.width + bar * 5, bar * 1.8),
      rect(pane.x - bar, pane.y, bar, pane.height),
      rect(pane.x + pane.width, pane.y, bar, pane.height),
      rect(pane.x + pane.width / 2 - bar / 3, pane.y, bar * 0.66, pane.height),
      rect(pane.x, pane.y + pane.height * 0.4, pane.width, bar * 0.6),
    ];
    for (const piece of bars) painter.solid([piece], 0.8);
    shaft(stage, painter);
  },
  mid(stage, painter) {
    const { framing } = stage;
    const floor = framing.ground + framing.height * 0.01;
    const x = framing.width * 0.2;
    const tall = framing.height * 0.3;
    if (framing.shot === 'insert' || framing.shot === 'close-up') return;
    painter.solid(
      [
        rect(x - tall * 0.5, floor - tall * 0.42, tall, tall * 0.05),
        rect(x - tall * 0.44, floor - tall * 0.4, tall * 0.05, tall * 0.5),
        rect(x + tall * 0.4, floor - tall * 0.4, tall * 0.05, tall * 0.5),
      ],
      0.85,
    );
    painter.solid(
      [
        rect(x + tall * 0.16, floor - tall * 0.62, tall * 0.03, tall * 0.2),
        [
          [x + tall * 0.05, floor - tall * 0.6],
          [x + tall * 0.12, floor - tall * 0.76],
          [x + tall * 0.24, floor - tall * 0.76],
          [x + tall * 0.31, floor - tall * 0.6],
        ],
      ],
      0.9,
    );
    painter.glow(
      x + tall * 0.18,
      floor - tall * 0.55,
      tall * 0.8,
      painter.palette.lamp,
      stage.dark ? 0.6 : 0.2,
    );
    for (let book = 0; book < 4; book += 1)
      painter.solid(
        [
          rect(
            x - tall * 0.36 + book * tall * 0.06,
            floor - tall * (0.42 + 0.12 + (book % 2) * 0.03),
            tall * 0.05,
            tall * (0.12 + (book % 2) * 0.03),
          ),
        ],
        0.6 + book * 0.08,
      );
  },
  near(stage, painter) {
    const { framing, left, top, bottom } = stage;
    const fold = framing.width * 0.05;
    const edge = Array.from({ length: 12 }, (_, step): Point => [
      left + framing.margin.x + fold * (0.7 + 0.3 * Math.sin(step * 1.1)),
      top + ((bottom - top) * step) / 11,
    ]);
    painter.solid([smooth([[left - 40, top - 40], ...edge, [left - 40, bottom + 40]], 4)], 1);
  },
};

function windowPane({ framing }: Stage) {
  const height = framing.height * (framing.height > framing.width ? 0.36 : 0.5);
  const width = Math.min(height * 0.86, framing.width * 0.5);
  const middle = framing.width > framing.height ? framing.width * 0.52 : framing.width * 0.5;
  return {
    x: middle - width / 2,
    y: Math.max(framing.height * 0.09, framing.horizon - height),
    width,
    height,
  };
}

function shaft(stage: Stage, painter: Painter): void {
  const { framing, bottom, palette, recipe } = stage;
  const { ctx } = painter;
  const pane = windowPane(stage);
  const floor = framing.horizon + framing.height * 0.13;
  const wallFoot = ctx.createLinearGradient(0, floor, 0, bottom);
  wallFoot.addColorStop(0, painter.tone(0.8));
  wallFoot.addColorStop(1, painter.tone(1));
  ctx.fillStyle = wallFoot;
  ctx.fillRect(stage.left, floor, stage.right - stage.left, bottom - floor);
  const slats = recipe.style === 'noir' ? 7 : 2;
  ctx.save();
  ctx.filter = `blur(${framing.unit * 5}px)`;
  ctx.globalAlpha = recipe.hour === 'night' ? 0.2 : 0.42;
  ctx.fillStyle = palette.light;
  for (let slat = 0; slat < slats; slat += 1) {
    const from = pane.x + (pane.width * (slat + 0.12)) / slats;
    const to = pane.x + (pane.width * (slat + 0.84)) / slats;
    ctx.fill(
      painter.path([
        [
          [from, floor],
          [to, floor],
          [to - pane.width * 0.75, bottom],
          [from - pane.width * 0.95, bottom],
        ],
      ]),
    );
  }
  ctx.restore();
}
