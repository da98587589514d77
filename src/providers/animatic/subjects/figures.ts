import { type Outline, type Point, ellipse, limb, placed, points, rect, smooth } from '../art/shapes.ts';
import type { Painter } from '../art/painter.ts';
import type { Stand, SubjectSketch } from './sketch.ts';

/** Long coat, seen from behind at a slight turn: a person, not a type of person. */
const COAT: readonly Point[] = points(
  '-0.04,-0.83 -0.105,-0.79 -0.135,-0.7 -0.15,-0.5 -0.145,-0.4 -0.16,-0.2 -0.12,-0.17 0,-0.155 0.12,-0.17 0.155,-0.2 0.135,-0.42 0.145,-0.52 0.13,-0.7 0.1,-0.79 0.04,-0.83',
);

const COATS = ['#c9962f', '#8f3b34', '#3f6f8c', '#5c7a4a', '#7a5a86', '#a8765a'];
const SUIT = '#e9edf2';

/** People in a crowd do not dress alike; the same place dresses the same. */
const coatAt = (x: number): string => COATS[Math.abs(Math.round(x / 37)) % COATS.length] ?? SUIT;

/** The round helmet with its lit visor, and the pack. */
function helmet(
  painter: Painter,
  x: number,
  ground: number,
  size: number,
  facing: 1 | -1,
  depth: number,
): void {
  const shell = painter.local(SUIT, depth);
  painter.solid(
    [rect(x - facing * size * 0.09 - size * 0.1, ground - size * 0.8, size * 0.2, size * 0.34)],
    depth,
    { color: shell },
  );
  painter.solid([ellipse(x, ground - size * 0.89, size * 0.115)], depth, { color: shell });
  painter.lit(
    [ellipse(x + facing * size * 0.03, ground - size * 0.89, size * 0.07, size * 0.06)],
    painter.palette.lamp,
    size * 0.05,
  );
}

/** A standing person in a coat, one size high. */
export const figure: SubjectSketch = (painter, stand) => {
  if (stand.shot === 'close-up' && !stand.suited) return bust(painter, stand);
  const { x, ground, facing } = stand;
  const size = stand.size * (stand.shot === 'medium' ? 0.98 : 0.62);
  const depth = Math.min(1, stand.depth + 0.25);
  const at = (px: number, py: number): Point => [x + px * size * facing, ground + py * size];
  painter.solid(
    [
      limb(at(-0.05, -0.2), at(-0.06, -0.01), size * 0.062, size * 0.045),
      limb(at(0.05, -0.2), at(0.075, -0.01), size * 0.062, size * 0.045),
    ],
    depth,
    { rim: 0.4 },
  );
  painter.solid(
    [
      [at(-0.085, 0), at(-0.08, -0.03), at(-0.03, -0.03), at(-0.015, 0)],
      [at(0.05, 0), at(0.05, -0.03), at(0.1, -0.03), at(0.125, 0)],
    ],
    depth,
    { rim: 0.2 },
  );
  const coat = painter.local(stand.suited ? SUIT : coatAt(x), depth);
  painter.solid([smooth(placed(COAT, x, ground, size, facing), 5)], depth, { color: coat });
  painter.solid([limb(at(-0.115, -0.75), at(-0.155, -0.42), size * 0.062, size * 0.045)], depth, {
    rim: 0.7,
    color: coat,
  });
  painter.solid([limb(at(0.11, -0.75), at(0.17, -0.46), size * 0.062, size * 0.046)], depth, {
    rim: 0.7,
    color: coat,
  });
  painter.solid(
    [
      smooth(
        placed(
          points('-0.05,-0.8 -0.055,-0.88 -0.045,-0.955 0,-0.985 0.05,-0.955 0.062,-0.89 0.045,-0.82 0,-0.8'),
          x,
          ground,
          size,
          facing,
        ),
        5,
      ),
    ],
    depth,
  );
  painter.solid(
    [
      smooth(
        placed(
          points('-0.1,-0.815 0,-0.79 0.1,-0.815 0.085,-0.77 0,-0.75 -0.085,-0.77'),
          x,
          ground,
          size,
          facing,
        ),
        5,
      ),
    ],
    Math.min(1, depth + 0.08),
  );
  if (stand.suited) helmet(painter, x, ground, size, facing, depth);
};

/** Head and shoulders in profile. */
function bust(painter: Painter, { x, ground, size, facing, depth }: Stand): void {
  const scale = size * 1.02;
  const shoulders: Point[] = points(
    '-0.62,0.3 -0.58,-0.1 -0.42,-0.2 -0.2,-0.27 -0.1,-0.36 0.06,-0.34 0.12,-0.26 0.28,-0.2 0.44,-0.1 0.5,0.3',
  );
  const head: Point[] = points(
    '-0.1,-0.28 -0.13,-0.42 -0.23,-0.52 -0.26,-0.68 -0.21,-0.82 -0.08,-0.9 0.06,-0.89 0.155,-0.82 0.185,-0.73 0.178,-0.685 0.232,-0.6 0.19,-0.578 0.2,-0.54 0.186,-0.525 0.194,-0.5 0.17,-0.455 0.1,-0.42 0.065,-0.36 0.075,-0.28',
  );
  const hair: Point[] = points(
    '0.16,-0.8 0.07,-0.91 -0.09,-0.93 -0.24,-0.84 -0.295,-0.68 -0.26,-0.5 -0.17,-0.42 -0.11,-0.47 -0.07,-0.6 0.02,-0.68 0.1,-0.77',
  );
  const nearer = Math.min(1, depth + 0.2);
  painter.solid([smooth(placed(head, x, ground, scale, facing), 7)], nearer, {
    color: painter.local('#d9a27c', nearer),
  });
  painter.solid([smooth(placed(hair, x, ground, scale, facing), 6)], Math.min(1, nearer + 0.2), { rim: 0.9 });
  painter.solid([smooth(placed(shoulders, x, ground, scale, facing), 7)], Math.min(1, nearer + 0.08), {
    color: painter.local(coatAt(x), nearer),
  });
  painter.solid(
    [
      smooth(
        placed(
          points('-0.2,-0.3 -0.06,-0.4 0.1,-0.36 0.2,-0.24 0.1,-0.14 -0.12,-0.16'),
          x,
          ground,
          scale,
          facing,
        ),
        6,
      ),
    ],
    Math.min(1, nearer + 0.14),
    { color: painter.local('#8f3b34', nearer) },
  );
}

export const pair: SubjectSketch = (painter, stand) => {
  const shot = stand.shot === 'close-up' ? 'medium' : stand.shot;
  figure(painter, { ...stand, shot, x: stand.x - stand.size * 0.15, facing: 1 });
  figure(painter, { ...stand, shot, x: stand.x + stand.size * 0.17, size: stand.size * 0.93, facing: -1 });
};

export const crowd: SubjectSketch = (painter, stand) => {
  const shot = stand.shot === 'close-up' ? 'medium' : stand.shot;
  for (const [dx, scale, dy, nearness] of [
    [-0.52, 0.8, -0.02, -0.2],
    [0.44, 0.82, -0.02, -0.2],
    [-0.2, 0.84, 0, -0.1],
    [0.62, 0.9, 0.02, -0.05],
    [0.16, 0.92, 0.02, 0],
    [-0.4, 0.98, 0.05, 0.06],
  ] as const) {
    figure(painter, {
      ...stand,
      shot,
      x: stand.x + stand.size * dx,
      size: stand.size * scale,
      ground: stand.ground + stand.size * dy,
      depth: stand.depth + nearness,
      facing: dx > 0 ? -1 : 1,
    });
  }
};

/** The dark shoulder we look past. */
export function shoulderBefore(
  painter: Painter,
  x: number,
  ground: number,
  size: number,
  facing: 1 | -1,
): void {
  const body: Point[] = points(
    '-0.75,0.5 -0.72,-0.02 -0.5,-0.16 -0.22,-0.25 -0.16,-0.34 0.14,-0.34 0.2,-0.25 0.46,-0.15 0.62,0.02 0.66,0.5',
  );
  painter.solid([smooth(placed(body, x, ground, size, facing), 6)], 1);
  const head = points(
    '-0.12,-0.3 -0.15,-0.4 -0.2,-0.45 -0.225,-0.5 -0.205,-0.57 -0.21,-0.68 -0.16,-0.79 -0.05,-0.845 0.07,-0.84 0.16,-0.78 0.2,-0.67 0.195,-0.57 0.215,-0.5 0.19,-0.45 0.14,-0.4 0.11,-0.3',
  );
  painter.solid([smooth(placed(head, x, ground, size, facing), 6)], 1);
}

export const cat: SubjectSketch = (painter, { x, ground, size: height, depth, facing }) => {
  const size = height * 0.62;
  const nearer = Math.min(1, depth + 0.3);
  const tail: Outline = smooth(
    placed(
      points('-0.2,-0.05 -0.42,-0.04 -0.56,-0.16 -0.52,-0.36 -0.47,-0.36 -0.49,-0.18 -0.38,-0.1 -0.2,-0.13'),
      x,
      ground,
      size,
      facing,
    ),
    6,
  );
  painter.solid([tail], nearer);
  painter.solid(
    [
      smooth(
        placed(
          points('-0.3,0 -0.34,-0.2 -0.24,-0.46 -0.06,-0.64 0.1,-0.66 0.2,-0.5 0.2,-0.2 0.24,0 0,0.015'),
          x,
          ground,
          size,
          facing,
        ),
        6,
      ),
    ],
    nearer,
  );
  painter.solid(
    [
      smooth(
        placed(
          points('-0.06,-0.7 -0.04,-0.86 0.12,-0.93 0.28,-0.88 0.34,-0.75 0.26,-0.63 0.1,-0.6'),
          x,
          ground,
          size,
          facing,
        ),
        6,
      ),
      placed(points('-0.03,-0.82 -0.02,-1.02 0.1,-0.9'), x, ground, size, facing),
    ],
    nearer,
  );
  painter.solid([placed(points('0.16,-0.9 0.26,-1.04 0.3,-0.86'), x, ground, size, facing)], nearer);
};

export const horse: SubjectSketch = (painter, { x, ground, size: height, depth, facing }) => {
  const size = height * 0.8;
  const nearer = Math.min(1, depth + 0.25);
  const leg = (top: number, knee: number, foot: number) => [
    limb(
      placed([[top, -0.45]], x, ground, size, facing)[0] ?? [x, ground],
      placed([[knee, -0.22]], x, ground, size, facing)[0] ?? [x, ground],
      size * 0.08,
      size * 0.05,
    ),
    limb(
      placed([[knee, -0.23]], x, ground, size, facing)[0] ?? [x, ground],
      placed([[foot, 0]], x, ground, size, facing)[0] ?? [x, ground],
      size * 0.05,
      size * 0.045,
    ),
  ];
  for (const bone of [
    ...leg(-0.3, -0.36, -0.32),
    ...leg(0.2, 0.28, 0.24),
    ...leg(-0.24, -0.22, -0.26),
    ...leg(0.26, 0.22, 0.2),
  ])
    painter.solid([bone], nearer, { rim: 0.3 });
  painter.solid(
    [
      smooth(
        placed(
          points(
            '-0.36,-0.42 -0.4,-0.58 -0.3,-0.68 0,-0.63 0.18,-0.68 0.3,-0.86 0.38,-1.0 0.44,-0.98 0.48,-0.9 0.62,-0.76 0.58,-0.7 0.44,-0.76 0.38,-0.6 0.3,-0.42 0,-0.38',
          ),
          x,
          ground,
          size,
          facing,
        ),
        6,
      ),
    ],
    nearer,
  );
  painter.solid(
    [
      smooth(
        placed(points('-0.38,-0.62 -0.5,-0.5 -0.5,-0.25 -0.44,-0.3 -0.38,-0.5'), x, ground, size, facing),
        5,
      ),
    ],
    Math.min(1, nearer + 0.1),
  );
};
