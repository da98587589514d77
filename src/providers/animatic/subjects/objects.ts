import type { Painter } from '../art/painter.ts';
import { type Outline, type Point, ellipse, limb, placed, rect, smooth, points } from '../art/shapes.ts';
import type { Stand, SubjectSketch } from './sketch.ts';

/** What a small thing stands on. */
function table(painter: Painter, { x, ground, size }: Stand): void {
  painter.solid([rect(x - size * 6, ground - size * 0.02, size * 12, size * 3)], 0.92);
  painter.solid([rect(x - size * 6, ground + size * 0.16, size * 12, size * 3)], 1, { rim: 0.35 });
}

/** A storm lantern with its flame. */
export const lamp: SubjectSketch = (painter, stand) => {
  const { x, ground, size } = stand;
  if (stand.shot === 'insert' || stand.shot === 'close-up') table(painter, stand);
  painter.glow(x, ground - size * 0.42, size * 1.5, painter.palette.lamp, 0.7);
  const glass: Outline = smooth(
    placed(points('-0.17,-0.16 -0.22,-0.4 -0.14,-0.62 0.14,-0.62 0.22,-0.4 0.17,-0.16'), x, ground, size),
    6,
  );
  painter.ctx.globalAlpha = 0.35;
  painter.solid([glass], 0.2, { color: painter.palette.lamp });
  painter.ctx.globalAlpha = 1;
  painter.lit(
    [smooth(placed(points('0,-0.56 0.06,-0.36 0.035,-0.22 -0.035,-0.22 -0.06,-0.36'), x, ground, size), 6)],
    painter.palette.light,
    size * 0.2,
  );
  painter.solid([placed(points('-0.24,0 -0.2,-0.15 0.2,-0.15 0.24,0'), x, ground, size)], 0.95);
  painter.solid([placed(points('-0.2,-0.62 -0.1,-0.78 0.1,-0.78 0.2,-0.62'), x, ground, size)], 0.95);
  for (const side of [-1, 1])
    painter.solid(
      [
        limb(
          [x + side * size * 0.21, ground - size * 0.1],
          [x + side * size * 0.19, ground - size * 0.66],
          size * 0.022,
        ),
      ],
      0.95,
    );
  painter.line(
    ellipse(x, ground - size * 0.78, size * 0.17, size * 0.2, Math.PI, Math.PI * 2),
    painter.tone(0.95),
    size * 0.02,
  );
};

/** An opened letter and its envelope. */
export const letter: SubjectSketch = (painter, stand) => {
  const { x, ground, size } = stand;
  table(painter, stand);
  const paper = painter.palette.light;
  painter.glow(x, ground - size * 0.4, size * 1.2, painter.palette.lamp, 0.35);
  painter.solid([placed(points('-0.5,-0.02 -0.4,-0.5 0.26,-0.5 0.36,-0.02'), x, ground, size)], 0.7, {
    color: painter.palette.haze,
  });
  const sheet: Point[] = placed(points('-0.28,-0.06 -0.2,-0.86 0.34,-0.8 0.42,-0.04'), x, ground, size);
  painter.solid([sheet], 0.6, { color: paper, rim: 0 });
  for (let line = 0; line < 8; line += 1) {
    const y = -0.72 + line * 0.075;
    const [from, to] = placed(
      [
        [-0.13 - line * 0.006, y],
        [line % 4 === 3 ? 0.1 : 0.29 + line * 0.006, y + 0.03],
      ],
      x,
      ground,
      size,
    );
    if (from && to) painter.line([from, to], painter.tone(0.9), size * 0.012, 0.55);
  }
  painter.solid(
    [placed(points('-0.5,-0.02 -0.07,-0.26 0.36,-0.02 0.4,0.06 -0.54,0.06'), x, ground, size)],
    0.85,
    { color: painter.tone(0.62) },
  );
};

export const cup: SubjectSketch = (painter, stand) => {
  const { x, ground, size } = stand;
  table(painter, stand);
  painter.glow(x, ground - size * 0.5, size * 1.2, painter.palette.lamp, 0.4);
  painter.line(
    ellipse(x + size * 0.3, ground - size * 0.3, size * 0.13, size * 0.14),
    painter.tone(0.7),
    size * 0.06,
  );
  painter.solid(
    [
      smooth(
        placed(
          points('-0.32,-0.54 0.32,-0.54 0.31,-0.26 0.19,-0.01 -0.19,-0.01 -0.31,-0.26'),
          x,
          ground,
          size,
        ),
        6,
      ),
    ],
    0.62,
  );
  painter.solid([ellipse(x, ground - size * 0.54, size * 0.31, size * 0.06)], 1, { rim: 0.5 });
  for (const [dx, lean] of [
    [-0.1, 1],
    [0.04, -1],
    [0.14, 1],
  ] as const) {
    painter.ctx.globalAlpha = 0.3;
    painter.solid(
      [
        smooth(
          placed(
            [
              [dx, -0.6],
              [dx + 0.07 * lean, -0.78],
              [dx - 0.04 * lean, -0.95],
              [dx + 0.05 * lean, -1.15],
              [dx + 0.02 * lean, -1.15],
              [dx - 0.08 * lean, -0.95],
              [dx + 0.03 * lean, -0.78],
            ],
            x,
            ground,
            size,
          ),
          6,
        ),
      ],
      0,
      { flat: true, color: painter.palette.light },
    );
    painter.ctx.globalAlpha = 1;
  }
};

export const clock: SubjectSketch = (painter, { x, ground, size, depth }) => {
  const y = ground - size * 0.55;
  const radius = size * 0.42;
  painter.glow(x, y, radius * 2.2, painter.palette.lamp, 0.35);
  painter.solid([ellipse(x, y, radius)], Math.min(1, depth + 0.4));
  painter.solid([ellipse(x, y, radius * 0.86)], 0.2, { color: painter.palette.light, rim: 0 });
  for (let hour = 0; hour < 12; hour += 1) {
    const angle = (hour / 12) * Math.PI * 2;
    const at = (share: number): Point => [
      x + Math.sin(angle) * radius * share,
      y - Math.cos(angle) * radius * share,
    ];
    painter.line([at(0.7), at(0.78)], painter.tone(1), radius * (hour % 3 ? 0.025 : 0.055));
  }
  painter.line(
    [
      [x, y],
      [x - radius * 0.34, y - radius * 0.28],
    ],
    painter.tone(1),
    radius * 0.06,
  );
  painter.line(
    [
      [x, y],
      [x + radius * 0.24, y - radius * 0.58],
    ],
    painter.tone(1),
    radius * 0.04,
  );
  painter.solid([ellipse(x, y, radius * 0.05)], 1);
};
