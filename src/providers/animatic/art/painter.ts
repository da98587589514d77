import type { SKRSContext2D } from '@napi-rs/canvas';
import { Path2D } from '@napi-rs/canvas';
import { type Color, fade, mix } from './color.ts';
import type { Palette } from './palettes.ts';
import type { Random } from './random.ts';
import type { Style } from './recipe.ts';
import type { Outline, Point } from './shapes.ts';

/** Where the light comes from, as a unit vector from the picture's middle. */
export type LightFrom = Point;

type Finish = { flat?: boolean; color?: Color; rim?: number };

/** Draws outlines in a style's material: the same lighthouse is cel, glowing wire, wash or silhouette. */
export class Painter {
  readonly ctx: SKRSContext2D;
  readonly palette: Palette;
  readonly style: Style;
  readonly random: Random;
  readonly lightFrom: LightFrom;
  /** Share of things' own color that shows. */
  readonly chroma: number;
  /** Color of the ground: sand, meadow, snow; null where there is none. */
  readonly earth: Color | null;
  /** Width of a hairline, px: grows with the frame. */
  readonly unit: number;

  constructor(
    ctx: SKRSContext2D,
    look: {
      palette: Palette;
      style: Style;
      random: Random;
      lightFrom: LightFrom;
      unit: number;
      chroma: number;
      earth: Color | null;
    },
  ) {
    this.ctx = ctx;
    this.palette = look.palette;
    this.style = look.style;
    this.random = look.random;
    this.lightFrom = look.lightFrom;
    this.unit = look.unit;
    this.chroma = look.chroma;
    this.earth = look.earth;
  }

  /** Color of a thing at a depth from 0 (horizon) to 1 (before the lens): far things take the air's color. */
  tone(depth: number): Color {
    const { far, mid, near } = this.palette;
    const air = depth < 0.5 ? mix(far, mid, depth * 2) : mix(mid, near, depth * 2 - 1);
    return this.earth === null ? air : mix(air, this.earth, this.chroma * (0.72 - 0.5 * depth));
  }

  /** A thing's own color as this light and style let it show: none in noir, a hint at dusk, most of it in a day's cel. */
  local(color: Color, depth: number): Color {
    return mix(this.tone(depth), color, this.chroma * (0.65 + 0.35 * depth));
  }

  /** Fills the outlines as one solid thing standing at `depth`. */
  solid(outlines: readonly Outline[], depth: number, finish: Finish = {}): void {
    const path = this.path(outlines);
    const base = finish.color ?? this.tone(depth);
    const [top, bottom] = verticalExtent(outlines);
    this.ctx.fillStyle = finish.flat ? base : this.body(base, depth, top, bottom);
    this.ctx.fill(path, 'evenodd');
    if (!finish.flat) this.material(path, base, depth, bottom - top, finish.rim ?? 1);
  }

  /** Fills the outlines with light of their own and lets it spill. */
  lit(outlines: readonly Outline[], color: Color, spill: number): void {
    this.ctx.save();
    if (this.style === 'watercolor') this.ctx.globalAlpha = 0.9;
    this.ctx.shadowColor = fade(color, 0.9);
    this.ctx.shadowBlur = spill;
    this.ctx.fillStyle = this.style === 'neon' ? mix(color, '#ffffff', 0.5) : color;
    this.ctx.fill(this.path(outlines), 'evenodd');
    this.ctx.restore();
  }

  /** The same hand on another canvas. */
  on(ctx: SKRSContext2D): Painter {
    return new Painter(ctx, this);
  }

  /** A soft round light. */
  glow(x: number, y: number, radius: number, color: Color, opacity: number): void {
    const gradient = this.ctx.createRadialGradient(x, y, 0, x, y, radius);
    gradient.addColorStop(0, fade(color, opacity));
    gradient.addColorStop(0.35, fade(color, opacity * 0.38));
    gradient.addColorStop(1, fade(color, 0));
    this.ctx.fillStyle = gradient;
    this.ctx.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  }

  /** A line of the style's own weight. */
  line(points: Outline, color: Color, width: number, opacity = 1): void {
    this.ctx.save();
    this.ctx.globalAlpha = opacity;
    this.ctx.strokeStyle = color;
    this.ctx.lineWidth = width;
    this.ctx.lineCap = this.ctx.lineJoin = 'round';
    this.ctx.stroke(this.path([points], false));
    this.ctx.restore();
  }

  path(outlines: readonly Outline[], closed = true): Path2D {
    const path = new Path2D();
    for (const outline of outlines) {
      const points = this.style === 'watercolor' ? this.wobble(outline, closed) : outline;
      points.forEach(([x, y], index) => (index === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
      if (closed) path.closePath();
    }
    return path;
  }

  private body(base: Color, depth: number, top: number, bottom: number) {
    const gradient = this.ctx.createLinearGradient(0, top, 0, Math.max(bottom, top + 1));
    const mist = { cinematic: 0.3, noir: 0.24, neon: 0.22, documentary: 0.2, anime: 0.22, watercolor: 0.5 };
    const air = mist[this.style] * (1 - depth);
    gradient.addColorStop(0, this.style === 'watercolor' ? mix(base, this.palette.light, 0.12) : base);
    gradient.addColorStop(1, mix(base, this.palette.haze, air));
    return gradient;
  }

  private material(path: Path2D, base: Color, depth: number, height: number, rim: number): void {
    const { unit, palette } = this;
    const edge = Math.max(unit * 1.2, Math.min(unit * 7, height * 0.02));
    if (this.style === 'neon') return this.wire(path, depth);
    if (this.style === 'anime') {
      this.side(path, mix(base, palette.near, 0.55), edge * 4, -1, 0.55);
      this.side(path, mix(base, palette.light, 0.75), edge * 1.1, 1, 0.9 * rim);
      return;
    }
    if (this.style === 'watercolor') return this.pool(path, base, height);
    const strength = { cinematic: 0.55, noir: 0.75, documentary: 0.22 }[this.style];
    this.side(path, mix(base, palette.light, 0.8), edge, 1, strength * rim * (0.35 + 0.65 * depth));
  }

  /** The sliver of the shape that faces the light (1) or turns from it (-1). */
  private side(path: Path2D, color: Color, width: number, facing: 1 | -1, opacity: number): void {
    const { ctx } = this;
    const [lx, ly] = this.lightFrom;
    const sliver = allBut(path, -lx * width * facing, -ly * width * facing);
    ctx.save();
    ctx.clip(path, 'evenodd');
    ctx.globalAlpha = opacity;
    ctx.fillStyle = color;
    ctx.fill(sliver, 'evenodd');
    ctx.restore();
  }

  private wire(path: Path2D, depth: number): void {
    const { ctx, unit, palette } = this;
    const color =
      depth < 0.35 ? palette.light : depth < 0.75 ? palette.lamp : mix(palette.lamp, palette.haze, 0.35);
    ctx.save();
    ctx.strokeStyle = color;
    ctx.lineJoin = 'round';
    for (const [width, opacity] of [
      [9, 0.07],
      [5, 0.13],
      [1.6, 0.85],
    ] as const) {
      ctx.globalAlpha = opacity * (0.5 + 0.5 * depth);
      ctx.lineWidth = width * unit;
      ctx.stroke(path);
    }
    ctx.restore();
  }

  /** Pigment gathers along the edge of a wash. */
  private pool(path: Path2D, base: Color, height: number): void {
    const { ctx, unit, palette } = this;
    ctx.save();
    ctx.clip(path, 'evenodd');
    ctx.strokeStyle = mix(base, palette.near, 0.5);
    ctx.lineJoin = 'round';
    for (const [width, opacity] of [
      [12, 0.1],
      [5, 0.16],
      [2, 0.34],
    ] as const) {
      ctx.globalAlpha = opacity;
      ctx.lineWidth = Math.min(width * unit, height * 0.2);
      ctx.stroke(path);
    }
    ctx.restore();
  }

  /** A hand does not draw with a ruler. */
  private wobble(outline: Outline, closed: boolean): Point[] {
    const reach = this.unit * 1.5;
    const points: Point[] = [];
    const last = closed ? outline.length : outline.length - 1;
    for (let index = 0; index < last; index += 1) {
      const [x, y] = outline[index] ?? [0, 0];
      const [x2, y2] = outline[(index + 1) % outline.length] ?? [x, y];
      const pieces = Math.min(24, Math.max(1, Math.round(Math.hypot(x2 - x, y2 - y) / (this.unit * 18))));
      for (let piece = 0; piece < pieces; piece += 1) {
        const t = piece / pieces;
        const jitter = outline.length > 40 ? reach * 0.35 : reach;
        points.push([
          x + (x2 - x) * t + (this.random() - 0.5) * jitter,
          y + (y2 - y) * t + (this.random() - 0.5) * jitter,
        ]);
      }
    }
    if (!closed) points.push(outline.at(-1) ?? [0, 0]);
    return points;
  }
}

/** Everything but the shape, moved: within the shape itself, a sliver along one side. */
function allBut(path: Path2D, dx: number, dy: number): Path2D {
  const rest = new Path2D();
  rest.rect(-4000, -4000, 10000, 10000);
  rest.addPath(path, { a: 1, b: 0, c: 0, d: 1, e: dx, f: dy });
  return rest;
}

function verticalExtent(outlines: readonly Outline[]): [number, number] {
  let top = Infinity;
  let bottom = -Infinity;
  for (const outline of outlines) {
    for (const [, y] of outline) {
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return [top, bottom];
}
