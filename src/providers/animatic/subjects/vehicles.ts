import { type Point, ellipse, limb, placed, rect, smooth, points } from '../art/shapes.ts';
import type { SubjectSketch } from './sketch.ts';

export const ship: SubjectSketch = (painter, { x, ground, size, depth, facing, dark }) => {
  const scale = size * 0.95;
  const at = (px: number, py: number): Point => [x + px * scale * facing, ground + py * scale];
  painter.solid([limb(at(-0.02, -0.1), at(0, -1), scale * 0.02, scale * 0.008)], Math.min(1, depth + 0.2));
  painter.solid(
    [smooth(placed(points('0.02,-0.96 0.16,-0.62 0.42,-0.2 0.03,-0.19'), x, ground, scale, facing), 7)],
    depth,
    { color: painter.local('#f4ead6', Math.max(0, depth - 0.35)) },
  );
  painter.solid(
    [
      smooth(
        placed(points('-0.02,-0.88 -0.05,-0.5 -0.03,-0.2 -0.34,-0.22 -0.2,-0.5'), x, ground, scale, facing),
        7,
      ),
    ],
    depth,
    { color: painter.local('#e3d3b4', Math.max(0, depth - 0.25)) },
  );
  painter.solid(
    [
      placed(
        points('-0.46,-0.16 -0.38,0.0 -0.3,0.035 0.3,0.035 0.42,-0.03 0.58,-0.18 0.3,-0.135 -0.2,-0.125'),
        x,
        ground,
        scale,
        facing,
      ),
    ],
    Math.min(1, depth + 0.3),
    { color: painter.local('#7d4a34', depth) },
  );
  if (dark) {
    painter.lit([ellipse(...at(-0.36, -0.2), scale * 0.014)], painter.palette.lamp, scale * 0.06);
    painter.glow(...at(-0.36, -0.2), scale * 0.26, painter.palette.lamp, 0.5);
  }
};

export const train: SubjectSketch = (painter, { x, ground, size, depth, facing, dark }) => {
  const height = size * 0.36;
  const rail = ground + height * 0.06;
  const front = x + facing * size * 0.62;
  for (let car = 0; car < 4; car += 1) {
    const length = height * 2.5;
    const back = front - facing * (car * (length + height * 0.1) - height * 0.8);
    const left = facing > 0 ? back - length : back;
    const nose: Point[] =
      facing > 0
        ? [
            [left, rail - height],
            [left + length * 0.82, rail - height],
            [left + length * 0.97, rail - height * 0.52],
            [left + length, rail - height * 0.12],
            [left, rail - height * 0.12],
          ]
        : [
            [left + length, rail - height],
            [left + length * 0.18, rail - height],
            [left + length * 0.03, rail - height * 0.52],
            [left, rail - height * 0.12],
            [left + length, rail - height * 0.12],
          ];
    painter.solid(
      [car === 0 ? nose : rect(left, rail - height, length, height * 0.88)],
      Math.min(1, depth + 0.15),
      { color: painter.local('#b8443a', depth) },
    );
    painter.solid(
      [rect(left, rail - height * 0.34, length * 0.98, height * 0.09)],
      Math.min(1, depth + 0.4),
      { rim: 0 },
    );
    const windows = Array.from({ length: car === 0 ? 4 : 5 }, (_, index) =>
      rect(
        left + length * (facing > 0 ? 0.06 + index * 0.185 : 0.28 + index * 0.17 - (car === 0 ? 0 : 0.2)),
        rail - height * 0.8,
        length * 0.12,
        height * 0.3,
      ),
    );
    painter.lit(windows, painter.palette.lamp, dark ? height * 0.16 : 3);
    for (const wheel of [0.14, 0.28, 0.7, 0.84])
      painter.solid([ellipse(left + length * wheel, rail - height * 0.06, height * 0.09)], 1, { rim: 0 });
  }
  painter.solid([rect(x - size * 6, rail, size * 12, height * 0.05)], 1, { rim: 0.6 });
  const lamp: Point = [front + facing * height * 0.75, rail - height * 0.36];
  painter.lit([ellipse(...lamp, height * 0.05)], painter.palette.light, height * 0.3);
  if (dark) painter.glow(...lamp, height * 2.2, painter.palette.lamp, 0.6);
};

export const car: SubjectSketch = (painter, { x, ground, size, depth, facing, dark }) => {
  const scale = size * 0.9;
  const at = (px: number, py: number): Point => [x + px * scale * facing, ground + py * scale];
  painter.solid(
    [
      smooth(
        placed(
          points('-0.32,-0.24 -0.22,-0.39 -0.05,-0.42 0.12,-0.4 0.27,-0.26 0.1,-0.2 -0.2,-0.2'),
          x,
          ground,
          scale,
          facing,
        ),
        6,
      ),
    ],
    Math.min(1, depth + 0.1),
  );
  painter.solid(
    [
      placed(points('-0.22,-0.26 -0.17,-0.36 -0.04,-0.38 -0.04,-0.26'), x, ground, scale, facing),
      placed(points('-0.01,-0.26 -0.01,-0.38 0.1,-0.36 0.2,-0.26'), x, ground, scale, facing),
    ],
    0.25,
    { color: painter.palette.haze, rim: 0.3 },
  );
  painter.solid(
    [
      smooth(
        placed(
          points('-0.52,-0.06 -0.54,-0.18 -0.46,-0.25 -0.1,-0.26 0.26,-0.26 0.5,-0.2 0.56,-0.12 0.54,-0.05'),
          x,
          ground,
          scale,
          facing,
        ),
        6,
      ),
    ],
    Math.min(1, depth + 0.25),
    { color: painter.local('#3f7f9c', depth) },
  );
  for (const wheel of [-0.33, 0.33]) {
    painter.solid([ellipse(...at(wheel, -0.065), scale * 0.09)], 1);
    painter.solid([ellipse(...at(wheel, -0.065), scale * 0.042)], 0.5);
  }
  painter.lit(
    [ellipse(...at(0.52, -0.155), scale * 0.026, scale * 0.02)],
    painter.palette.lamp,
    scale * 0.08,
  );
  if (dark) painter.glow(...at(0.58, -0.14), scale * 0.7, painter.palette.lamp, 0.55);
};

export const balloon: SubjectSketch = (painter, { x, ground, size, depth }) => {
  const y = Math.max(size * 0.36, ground - size * 1.05);
  const radius = size * 0.3;
  painter.solid(
    [
      [
        ...ellipse(x, y, radius, radius * 1.04, Math.PI * 0.86, Math.PI * 2.14),
        [x + radius * 0.2, y + radius * 1.5],
        [x - radius * 0.2, y + radius * 1.5],
      ],
    ],
    depth,
    { color: painter.local('#e0a23a', depth) },
  );
  for (const share of [-0.62, 0, 0.62]) {
    painter.solid(
      [
        smooth(
          [
            [x + share * radius * 0.78, y - radius * 0.92],
            [x + share * radius * 1.24, y],
            [x + share * radius * 0.3, y + radius * 1.46],
            [x + share * radius * 0.3 - 3, y + radius * 1.46],
            [x + share * radius * 0.82, y],
          ],
          7,
        ),
      ],
      Math.min(1, depth + 0.35),
      { rim: 0.2, color: painter.local('#c4473a', depth) },
    );
  }
  for (const side of [-1, 1])
    painter.line(
      [
        [x + side * radius * 0.18, y + radius * 1.5],
        [x + side * radius * 0.13, y + radius * 1.95],
      ],
      painter.tone(1),
      size * 0.005,
    );
  painter.solid([rect(x - radius * 0.16, y + radius * 1.92, radius * 0.32, radius * 0.25)], 1);
  painter.glow(x, y + radius * 1.5, radius * 0.9, painter.palette.lamp, 0.5);
};

export const rocket: SubjectSketch = (painter, { x, ground, size, depth }) => {
  const lift = size * 0.16;
  const base = ground - lift;
  painter.glow(x, base + size * 0.08, size * 0.5, painter.palette.lamp, 0.75);
  painter.lit(
    [
      smooth(
        [
          [x - size * 0.05, base],
          [x - size * 0.07, base + lift * 0.5],
          [x, base + lift * 1.3],
          [x + size * 0.07, base + lift * 0.5],
          [x + size * 0.05, base],
        ],
        6,
      ),
    ],
    painter.palette.lamp,
    size * 0.12,
  );
  for (const side of [-1, 1])
    painter.solid(
      [
        [
          [x + side * size * 0.08, base - size * 0.24],
          [x + side * size * 0.19, base + size * 0.03],
          [x + side * size * 0.07, base - size * 0.03],
        ],
      ],
      Math.min(1, depth + 0.35),
    );
  painter.solid(
    [
      smooth(
        [
          [x, base - size * 0.86],
          [x + size * 0.085, base - size * 0.6],
          [x + size * 0.1, base - size * 0.25],
          [x + size * 0.06, base],
          [x - size * 0.06, base],
          [x - size * 0.1, base - size * 0.25],
          [x - size * 0.085, base - size * 0.6],
        ],
        7,
      ),
    ],
    depth,
  );
  painter.lit([ellipse(x, base - size * 0.52, size * 0.034)], painter.palette.lamp, size * 0.03);
};
