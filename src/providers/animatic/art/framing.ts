import type { Recipe, Shot } from './recipe.ts';

/** Where a shot puts things, in px of its frame. */
export type Framing = {
  width: number;
  height: number;
  /** Drawn beyond every edge. */
  margin: { x: number; y: number };
  horizon: number;
  /** The subject stands here ... */
  x: number;
  ground: number;
  /** ... and a thing of size 1 is this high. */
  size: number;
  /** Blur of what is out of focus, px. */
  blur: { far: number; mid: number; near: number };
  shot: Shot;
  /** A hairline. */
  unit: number;
};

type Plan = { horizon: number; ground: number; size: number; blur: readonly [number, number, number] };

/** Shares of the height. The lower third belongs to the caption. */
const PLANS: Readonly<Record<Shot, Plan>> = {
  wide: { horizon: 0.6, ground: 0.66, size: 0.36, blur: [0, 0, 2] },
  medium: { horizon: 0.56, ground: 0.76, size: 0.58, blur: [2, 0, 5] },
  'close-up': { horizon: 0.5, ground: 0.94, size: 0.86, blur: [7, 0, 8] },
  insert: { horizon: 0.56, ground: 0.74, size: 0.56, blur: [10, 0, 12] },
  'over-the-shoulder': { horizon: 0.56, ground: 0.68, size: 0.42, blur: [2, 0, 6] },
  'low angle': { horizon: 0.76, ground: 0.8, size: 0.72, blur: [1, 0, 4] },
  'high angle': { horizon: 0.3, ground: 0.56, size: 0.3, blur: [1, 0, 4] },
};

export function frameShot(recipe: Recipe, width: number, height: number, overscan: number): Framing {
  const plan = PLANS[recipe.shot];
  const unit = Math.min(width, height) / 720;
  const upright = height > width;
  const wide = width > height;
  // Thirds: in a wide frame the caption takes the left, so the subject takes the right.
  const third = wide ? [0.67, 0.72, 0.62] : [0.52, 0.6, 0.42];
  const x = width * (third[recipe.seed % 3] ?? 0.5);
  // With nothing before it, the background is what is looked at.
  const [far, mid, near] = recipe.subject === null ? [0, 0, plan.blur[2]] : plan.blur;
  // A watercolor ends where its sheet begins; a tall frame has its caption lower down.
  const lift = recipe.style === 'watercolor' ? 0.82 : upright ? 0.9 : wide ? 1 : 0.94;
  const reach = recipe.style === 'watercolor' ? 0.84 : 1;
  return {
    width,
    height,
    margin: { x: Math.round(width * overscan), y: Math.round(height * overscan) },
    horizon: height * plan.horizon * lift,
    x,
    ground: height * plan.ground * lift,
    size: plan.size * reach * (upright ? Math.min(height * 0.62, width * 1.15) : height),
    blur: { far: far * unit, mid: mid * unit, near: near * unit },
    shot: recipe.shot,
    unit,
  };
}
