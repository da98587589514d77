import { mix } from '../art/color.ts';
import type { Painter } from '../art/painter.ts';
import { between } from '../art/random.ts';
import { type Outline, type Point, limb, smooth, points } from '../art/shapes.ts';
import type { Stage } from '../art/stage.ts';

/** A skyline from edge to edge: `roughness` 0 rolls, 1 is jagged. */
export function ridge(
  stage: Stage,
  painter: Painter,
  base: number,
  height: number,
  roughness: number,
  foot = stage.bottom,
): Outline {
  const { left, right, framing } = stage;
  const phase = [painter.random() * 9, painter.random() * 9, painter.random() * 9];
  const rate = between(painter.random, 1.1, 1.9);
  const steps = 130;
  const skyline = Array.from({ length: steps + 1 }, (_, step): Point => {
    const x = left + ((right - left) * step) / steps;
    const u = (x / Math.max(framing.width, framing.height)) * Math.PI;
    const roll =
      Math.sin(u * rate + (phase[0] ?? 0)) * 0.6 + Math.sin(u * rate * 2.3 + (phase[1] ?? 0)) * 0.3;
    const fold =
      Math.abs(((u * rate * 1.9 + (phase[2] ?? 0)) % 2) - 1) +
      0.5 * Math.abs(((u * rate * 5.3 + (phase[1] ?? 0)) % 2) - 1);
    const shape = (roll * 0.5 + 0.5) * (1 - roughness) + (fold / 1.5) * roughness;
    return [x, base - height * shape - painter.random() * height * 0.05 * roughness];
  });
  return [...skyline, [right, foot], [left, foot]];
}

/** Grass or reeds that stand before the lens. */
export function grass(stage: Stage, painter: Painter, base: number, height: number, density = 1): void {
  const { left, right, framing } = stage;
  const count = Math.round(((right - left) / framing.unit / 13) * density);
  const blades = Array.from({ length: count }, (): Outline => {
    const x = between(painter.random, left, right);
    const tall =
      height *
      between(painter.random, 0.35, 1) *
      (0.55 + 0.45 * Math.abs(Math.sin(x / (framing.unit * 160))));
    const lean = between(painter.random, -0.35, 0.35) * tall;
    const foot = base + height * 0.4;
    const width = framing.unit * between(painter.random, 3, 7);
    return [
      [x - width / 2, foot],
      [x + lean * 0.4, base - tall * 0.55],
      [x + lean, base - tall],
      [x + lean * 0.4 + width * 0.6, base - tall * 0.5],
      [x + width / 2, foot],
    ];
  });
  painter.solid([ridge(stage, painter, base, height * 0.28, 0)], 1, { rim: 0 });
  for (const blade of blades) painter.solid([blade], 1, { flat: true });
}

/** Boulders along the lower edge. */
export function rocks(stage: Stage, painter: Painter, base: number, height: number): void {
  const { left, right, framing } = stage;
  for (let x = left; x < right; x += framing.unit * between(painter.random, 70, 150)) {
    const size =
      height * between(painter.random, 0.35, 1) * (0.4 + 0.6 * Math.abs(x / framing.width - 0.45) * 1.7);
    const stone = smooth(
      points('-1.1,0.5 -0.8,-0.3 -0.3,-0.8 0.2,-0.62 0.7,-0.7 1,-0.1 1.2,0.5').map(([px, py]): Point => [
        x + px * size * 1.3,
        base + py * size * between(painter.random, 0.8, 1.1),
      ]),
      3,
    );
    painter.solid(
      [[...stone, [x + size * 1.7, stage.bottom], [x - size * 1.6, stage.bottom]]],
      between(painter.random, 0.88, 1),
      { rim: 0.8 },
    );
  }
}

/** Twigs with leaves that reach in from an upper corner and close the frame. */
export function branches(stage: Stage, painter: Painter, corner: 'left' | 'right'): void {
  const { framing, left, right, top } = stage;
  const facing = corner === 'left' ? 1 : -1;
  const from: Point = [corner === 'left' ? left : right, top + framing.height * 0.04];
  for (const [angle, reach] of [
    [0.12, 0.34],
    [0.42, 0.3],
    [0.8, 0.2],
  ] as const) {
    const length = Math.min(framing.width, framing.height) * reach * 1.25;
    const tip: Point = [from[0] + Math.cos(angle) * length * facing, from[1] + Math.sin(angle) * length];
    painter.solid([limb(from, tip, framing.unit * 13, framing.unit * 2)], 1);
    for (let leaf = 2; leaf < 15; leaf += 1) {
      const t = leaf / 14;
      const [x, y] = [from[0] + (tip[0] - from[0]) * t, from[1] + (tip[1] - from[1]) * t];
      const turn = angle + (leaf % 2 ? 1 : -1) * between(painter.random, 0.5, 1.1);
      const size = framing.unit * between(painter.random, 24, 46);
      const end: Point = [x + Math.cos(turn) * size * facing, y + Math.sin(turn) * size];
      const [nx, ny] = [-(end[1] - y) * 0.22, (end[0] - x) * 0.22];
      painter.solid(
        [
          smooth(
            [
              [x, y],
              [(x + end[0]) / 2 + nx, (y + end[1]) / 2 + ny],
              end,
              [(x + end[0]) / 2 - nx, (y + end[1]) / 2 - ny],
            ],
            4,
          ),
        ],
        between(painter.random, 0.85, 1),
        { rim: 0.5 },
      );
    }
  }
}

/** A plane from `y` down, hazier where it is farther. */
export function plane(stage: Stage, painter: Painter, y: number, farTone: number, nearTone: number): void {
  const { ctx, palette } = painter;
  const gradient = ctx.createLinearGradient(0, y, 0, stage.bottom);
  gradient.addColorStop(0, mix(painter.tone(farTone), palette.haze, 0.45));
  gradient.addColorStop(0.35, painter.tone((farTone + nearTone) / 2));
  gradient.addColorStop(1, painter.tone(nearTone));
  ctx.fillStyle = gradient;
  ctx.fillRect(stage.left, y, stage.right - stage.left, stage.bottom - y);
}
