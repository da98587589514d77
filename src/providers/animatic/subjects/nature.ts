import type { Painter } from '../art/painter.ts';
import { between } from '../art/random.ts';
import { type Outline, type Point, ellipse, limb, placed, rect, smooth, points } from '../art/shapes.ts';
import type { SubjectSketch } from './sketch.ts';

/** A fir: tiers that hang and narrow. */
export function fir(x: number, ground: number, height: number): Outline {
  const tiers = 6;
  const side = (facing: 1 | -1): Point[] =>
    Array.from({ length: tiers }, (_, tier): Point[] => {
      const y = ground - height * (1 - (tier + 1) / (tiers + 0.6));
      const reach = height * (0.045 + (0.2 * (tier + 1)) / tiers);
      return [
        [x + facing * reach, y],
        [x + facing * reach * 0.5, y - height * 0.025],
      ];
    }).flat();
  const right = side(1);
  const trunk: Point[] = [
    [x + height * 0.025, ground - height * 0.08],
    [x + height * 0.025, ground + 3],
    [x - height * 0.025, ground + 3],
    [x - height * 0.025, ground - height * 0.08],
  ];
  return [[x, ground - height], ...right, ...trunk, ...side(-1).toReversed()];
}

/** A broad old tree: limbs that divide, and leaves in clumps. */
export const tree: SubjectSketch = (painter, { x, ground, size, depth }) => {
  const nearer = Math.min(1, depth + 0.25);
  const clumps: Outline[] = [];
  const grow = (from: Point, angle: number, length: number, width: number, generation: number): void => {
    const to: Point = [from[0] + Math.cos(angle) * length, from[1] + Math.sin(angle) * length];
    painter.solid([limb(from, to, width, width * 0.62)], nearer, { rim: 0.6 });
    if (generation >= 2) clumps.push(leaves(painter, to, size * between(painter.random, 0.12, 0.19)));
    if (generation >= 3) return;
    for (const turn of [-0.55, 0.08, 0.6])
      grow(
        to,
        angle + turn + between(painter.random, -0.14, 0.14),
        length * between(painter.random, 0.62, 0.76),
        width * 0.6,
        generation + 1,
      );
  };
  grow([x, ground + 4], -Math.PI / 2 - 0.06, size * 0.34, size * 0.085, 0);
  clumps
    .toSorted((a, b) => (a[0]?.[1] ?? 0) - (b[0]?.[1] ?? 0))
    .forEach((clump, index) =>
      painter.solid([clump], depth + (index % 3) * 0.09, {
        rim: 0.7,
        color: painter.local(
          ['#4f8f3f', '#6aa545', '#3f7a3c'][index % 3] ?? '#4f8f3f',
          depth + (index % 3) * 0.09,
        ),
      }),
    );
};

export function leaves(painter: Painter, [x, y]: Point, radius: number): Outline {
  const edge = Array.from({ length: 9 }, (_, index): Point => {
    const angle = (index / 9) * Math.PI * 2;
    const reach = radius * between(painter.random, 0.74, 1.12);
    return [x + Math.cos(angle) * reach * 1.2, y + Math.sin(angle) * reach * 0.86];
  });
  return smooth(edge, 5);
}

export const flower: SubjectSketch = (painter, { x, ground, size, depth, facing }) => {
  const head: Point = [x + facing * size * 0.06, ground - size * 0.8];
  painter.solid(
    [
      limb([x, ground], [x - facing * size * 0.03, ground - size * 0.4], size * 0.025, size * 0.02),
      limb([x - facing * size * 0.03, ground - size * 0.4], head, size * 0.02),
    ],
    Math.min(1, depth + 0.3),
  );
  painter.solid(
    [
      smooth(placed(points('0,-0.25 0.2,-0.42 0.36,-0.44 0.22,-0.3'), x, ground, size, 1), 6),
      smooth(placed(points('-0.01,-0.16 -0.18,-0.32 -0.34,-0.32 -0.2,-0.2'), x, ground, size, 1), 6),
    ],
    Math.min(1, depth + 0.2),
  );
  for (let petal = 0; petal < 8; petal += 1) {
    const angle = (petal / 8) * Math.PI * 2 + 0.2;
    const middle: Point = [head[0] + Math.cos(angle) * size * 0.13, head[1] + Math.sin(angle) * size * 0.13];
    painter.solid(
      [
        smooth(
          [
            head,
            [middle[0] - Math.sin(angle) * size * 0.075, middle[1] + Math.cos(angle) * size * 0.075],
            [head[0] + Math.cos(angle) * size * 0.24, head[1] + Math.sin(angle) * size * 0.24],
            [middle[0] + Math.sin(angle) * size * 0.075, middle[1] - Math.cos(angle) * size * 0.075],
          ],
          6,
        ),
      ],
      depth,
      { color: petal % 2 ? painter.palette.lamp : painter.palette.haze },
    );
  }
  painter.solid([ellipse(...head, size * 0.07)], 1);
};

export const fire: SubjectSketch = (painter, { x, ground, size: height, depth }) => {
  const size = height * 0.6;
  painter.glow(x, ground - size * 0.3, size * 1.9, painter.palette.lamp, 0.65);
  for (const [dx, scale] of [
    [-0.12, 0.62],
    [0.14, 0.7],
    [0, 1],
  ] as const) {
    painter.lit(
      [
        smooth(
          placed(
            [
              [0, -0.9 * scale],
              [0.1, -0.6 * scale],
              [0.2, -0.34],
              [0.14, -0.06],
              [-0.14, -0.06],
              [-0.2, -0.3],
              [-0.08, -0.52 * scale],
            ],
            x + dx * size,
            ground,
            size,
            1,
          ),
          7,
        ),
      ],
      painter.palette.lamp,
      size * 0.2,
    );
  }
  painter.lit(
    [
      smooth(
        placed(points('0.01,-0.5 0.09,-0.26 0.05,-0.06 -0.07,-0.06 -0.08,-0.28'), x, ground, size, 1),
        7,
      ),
    ],
    painter.palette.light,
    size * 0.1,
  );
  painter.solid(
    [
      limb([x - size * 0.34, ground + size * 0.02], [x + size * 0.28, ground - size * 0.09], size * 0.09),
      limb([x + size * 0.34, ground + size * 0.02], [x - size * 0.28, ground - size * 0.09], size * 0.09),
    ],
    Math.min(1, depth + 0.4),
  );
  painter.solid([rect(x - size * 0.4, ground + size * 0.02, size * 0.8, size * 0.03)], 1, { rim: 0 });
};
