import { mix } from '../art/color.ts';
import { between } from '../art/random.ts';
import { type Point } from '../art/shapes.ts';
import type { Stage } from '../art/stage.ts';
import type { Painter } from '../art/painter.ts';
import { leaves } from '../subjects/nature.ts';
import { branches, grass, ridge } from './ground.ts';
import type { PlaceSketch } from './place.ts';

export const desert: PlaceSketch = {
  far(stage, painter) {
    const { framing } = stage;
    for (const [base, depth] of [
      [0.01, 0.06],
      [0.05, 0.22],
    ] as const)
      dune(stage, painter, framing.horizon + framing.height * base, 0.09, depth);
  },
  mid(stage, painter) {
    const { framing } = stage;
    dune(stage, painter, framing.ground + framing.height * 0.05, 0.08, 0.5);
  },
  near(stage, painter) {
    dune(stage, painter, stage.framing.height * 0.98, 0.11, 0.92);
  },
};

/** One dune: a lit windward face over a shadowed slip face. */
function dune(stage: Stage, painter: Painter, base: number, height: number, depth: number): void {
  const { framing, left, right, bottom, palette } = stage;
  const crest = ridge(stage, painter, base, framing.height * height, 0);
  painter.solid([crest], depth, { color: mix(painter.tone(depth), palette.sky[3], 0.22) });
  const tops = crest.slice(0, -2);
  const peak = tops.reduce(
    (best, point, index) => (point[1] < (tops[best]?.[1] ?? Infinity) ? index : best),
    0,
  );
  const [px, py] = tops[peak] ?? [framing.width / 2, base];
  const facing = stage.sun.x > px ? -1 : 1;
  const reach = facing > 0 ? right - px : px - left;
  const slip: Point[] = [
    [px, py],
    [px + facing * reach * 0.1, py + (base - py) * 0.5],
    [px + facing * reach * 0.04, base + framing.height * 0.12],
    [px + facing * reach * 0.2, bottom],
    [px + facing * reach, bottom],
  ];
  const along = tops.filter(([x]) => (facing > 0 ? x > px : x < px));
  painter.ctx.globalAlpha = 0.55;
  painter.solid([[...slip, ...(facing > 0 ? along.toReversed() : along)]], Math.min(1, depth + 0.22), {
    rim: 0,
  });
  painter.ctx.globalAlpha = 1;
}

export const field: PlaceSketch = {
  far(stage, painter) {
    const { framing } = stage;
    painter.solid([ridge(stage, painter, framing.horizon, framing.height * 0.11, 0.1)], 0.05);
    painter.solid(
      [ridge(stage, painter, framing.horizon + framing.height * 0.03, framing.height * 0.08, 0)],
      0.22,
    );
    copses(stage, painter, framing.horizon + framing.height * 0.03, 0.3);
    painter.solid(
      [ridge(stage, painter, framing.horizon + framing.height * 0.06, framing.height * 0.06, 0)],
      0.38,
    );
  },
  mid(stage, painter) {
    const { framing } = stage;
    painter.solid(
      [ridge(stage, painter, framing.ground + framing.height * 0.04, framing.height * 0.06, 0)],
      0.58,
    );
    copses(stage, painter, framing.ground + framing.height * 0.02, 0.62);
  },
  near(stage, painter) {
    grass(stage, painter, stage.framing.height * 0.98, stage.framing.height * 0.13);
    branches(stage, painter, stage.framing.x > stage.framing.width / 2 ? 'left' : 'right');
  },
};

function copses(stage: Stage, painter: Painter, ground: number, depth: number): void {
  const { framing } = stage;
  for (let index = 0; index < 6; index += 1) {
    const x = framing.width * (index / 6 + painter.random() * 0.16);
    if (Math.abs(x - framing.x) < framing.width * 0.1) continue;
    const radius = framing.height * between(painter.random, 0.018, 0.045) * (0.6 + depth);
    painter.solid(
      [
        leaves(painter, [x, ground - radius], radius),
        leaves(painter, [x + radius, ground - radius * 0.7], radius * 0.7),
      ],
      depth + 0.06,
      { rim: 0.6 },
    );
  }
}
