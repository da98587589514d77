import type { Painter } from '../art/painter.ts';
import { type Outline, type Point, ellipse, limb, rect, taper } from '../art/shapes.ts';
import type { SubjectSketch } from './sketch.ts';

/** Rock, tapered tower, gallery, lantern room, cap. The beam belongs to the weather: it turns. */
export const lighthouse: SubjectSketch = (painter, { x, ground, size, depth, dark }) => {
  const top = ground - size;
  const lanternBase = top + size * 0.16;
  const width = size * 0.2;
  painter.solid([rect(x + width * 0.45, ground - size * 0.16, width * 1.3, size * 0.13)], depth + 0.05);
  painter.solid(
    [
      [
        [x + width * 0.3, ground - size * 0.16],
        [x + width * 1.1, ground - size * 0.25],
        [x + width * 1.9, ground - size * 0.16],
      ],
    ],
    depth + 0.1,
    { color: painter.local('#9c4433', depth) },
  );
  painter.lit(
    [rect(x + width * 1.15, ground - size * 0.125, width * 0.22, size * 0.045)],
    painter.palette.lamp,
    size * 0.03,
  );
  painter.solid([taper(x, lanternBase, ground, width * 0.62, width)], depth, {
    color: painter.local('#f3ece0', depth),
  });
  for (const band of [0.26, 0.5, 0.74]) {
    const y = lanternBase + (ground - lanternBase) * band;
    const at = width * (0.62 + 0.38 * band);
    painter.solid([taper(x, y, y + size * 0.075, at * 0.985, at * 1.01)], Math.min(1, depth + 0.3), {
      rim: 0.5,
      color: painter.local('#c8372d', Math.min(1, depth + 0.3)),
    });
  }
  const window = (share: number) =>
    rect(x - width * 0.07, lanternBase + (ground - lanternBase) * share, width * 0.14, size * 0.035);
  painter.lit([window(0.4), window(0.66)], painter.palette.lamp, size * 0.02);
  painter.solid(
    [rect(x - width * 0.5, lanternBase - size * 0.012, width, size * 0.026)],
    Math.min(1, depth + 0.25),
  );
  painter.lit(
    [rect(x - width * 0.22, top + size * 0.075, width * 0.44, size * 0.075)],
    painter.palette.lamp,
    dark ? size * 0.12 : size * 0.02,
  );
  for (const bar of [-0.22, 0, 0.22]) {
    painter.line(
      [
        [x + width * bar, top + size * 0.07],
        [x + width * bar, lanternBase],
      ],
      painter.tone(1),
      size * 0.006,
    );
  }
  painter.solid(
    [
      [
        [x - width * 0.34, top + size * 0.075],
        [x, top],
        [x + width * 0.34, top + size * 0.075],
      ],
    ],
    Math.min(1, depth + 0.3),
    { color: painter.local('#a83228', depth) },
  );
  painter.line(
    [
      [x, top],
      [x, top - size * 0.05],
    ],
    painter.tone(0.9),
    size * 0.008,
  );
  if (dark) painter.glow(x, top + size * 0.11, size * 0.6, painter.palette.lamp, 0.55);
};

export const house: SubjectSketch = (painter, { x, ground, size, depth, dark }) => {
  const width = size * 0.78;
  const eaves = ground - size * 0.5;
  painter.solid([rect(x + width * 0.2, ground - size * 0.97, size * 0.09, size * 0.32)], depth + 0.08);
  painter.solid([rect(x - width / 2, eaves, width, size * 0.52)], depth, {
    color: painter.local('#e9d9bd', depth),
  });
  painter.solid(
    [
      [
        [x - width * 0.6, eaves + size * 0.03],
        [x - width * 0.08, ground - size * 0.92],
        [x + width * 0.12, ground - size * 0.92],
        [x + width * 0.6, eaves + size * 0.03],
      ],
    ],
    Math.min(1, depth + 0.25),
    { color: painter.local('#9c4433', depth) },
  );
  painter.solid(
    [rect(x - size * 0.06, ground - size * 0.28, size * 0.15, size * 0.29)],
    Math.min(1, depth + 0.35),
    { rim: 0 },
  );
  const panes = [-0.3, 0.2].flatMap((share) =>
    fourPanes(x + width * share, ground - size * 0.38, size * 0.16),
  );
  painter.lit(panes, painter.palette.lamp, dark ? size * 0.09 : size * 0.02);
  if (dark) painter.glow(x, ground - size * 0.25, size * 0.9, painter.palette.lamp, 0.26);
};

function fourPanes(x: number, y: number, size: number): Outline[] {
  const pane = size * 0.44;
  return [0, 1].flatMap((row) =>
    [0, 1].map((column) => rect(x + column * size * 0.54, y + row * size * 0.54, pane, pane)),
  );
}

export const castle: SubjectSketch = (painter, { x, ground, size, depth, dark }) => {
  const tower = (offset: number, width: number, height: number) => {
    const left = x + size * offset;
    const top = ground - size * height;
    painter.solid([rect(left - (size * width) / 2, top, size * width, size * height + 4)], depth);
    painter.solid(
      [
        [
          [left - size * width * 0.66, top],
          [left, top - size * width * 1.5],
          [left + size * width * 0.66, top],
        ],
      ],
      Math.min(1, depth + 0.25),
    );
    painter.lit(
      [rect(left - size * 0.012, top + size * 0.06, size * 0.024, size * 0.05)],
      painter.palette.lamp,
      dark ? size * 0.06 : 2,
    );
  };
  tower(-0.34, 0.13, 0.48);
  tower(0.36, 0.14, 0.55);
  painter.solid([battlement(x - size * 0.42, ground, size * 0.86, size * 0.3, 11)], depth + 0.08);
  tower(0.05, 0.2, 0.68);
  tower(-0.16, 0.12, 0.56);
  painter.solid(
    [
      [
        ...ellipse(x + size * 0.05, ground - size * 0.12, size * 0.06, size * 0.07, Math.PI, Math.PI * 2),
        [x + size * 0.11, ground],
        [x - size * 0.01, ground],
      ],
    ],
    Math.min(1, depth + 0.4),
    { rim: 0 },
  );
};

function battlement(x: number, ground: number, width: number, height: number, teeth: number): Outline {
  const step = width / (teeth * 2 - 1);
  const top = Array.from({ length: teeth * 2 - 1 }, (_, index): Point[] => {
    const y = ground - height + (index % 2 === 0 ? 0 : height * 0.12);
    return [
      [x + index * step, y],
      [x + (index + 1) * step, y],
    ];
  });
  return [...top.flat(), [x + width, ground + 4], [x, ground + 4]];
}

/** Post, bracket and head, for streets and piers. */
export function lampPost(
  painter: Painter,
  x: number,
  ground: number,
  height: number,
  depth: number,
  dark: boolean,
): void {
  painter.solid([taper(x, ground - height, ground, height * 0.018, height * 0.034)], depth);
  painter.solid(
    [limb([x, ground - height * 0.97], [x + height * 0.14, ground - height], height * 0.016)],
    depth,
  );
  painter.lit(
    [ellipse(x + height * 0.15, ground - height * 0.975, height * 0.03, height * 0.022)],
    painter.palette.lamp,
    dark ? height * 0.08 : 2,
  );
  if (dark) painter.glow(x + height * 0.15, ground - height * 0.96, height * 0.5, painter.palette.lamp, 0.5);
}
