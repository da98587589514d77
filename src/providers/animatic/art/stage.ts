import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { OVERSCAN } from './camera.ts';
import { type Framing, frameShot } from './framing.ts';
import { Painter } from './painter.ts';
import { PALETTES, type Palette } from './palettes.ts';
import { seededRandom } from './random.ts';
import type { Place, Recipe } from './recipe.ts';
import type { Color } from './color.ts';
import type { Point } from './shapes.ts';

/** One shot's set: where everything is, and the light it stands in. */
export type Stage = {
  recipe: Recipe;
  framing: Framing;
  palette: Palette;
  sun: { x: number; y: number; radius: number };
  /** From the subject toward the light, length 1. */
  lightFrom: Point;
  /** Whether lamps would be on. */
  dark: boolean;
  /** Edges of what is drawn, px, beyond the frame. */
  left: number;
  right: number;
  top: number;
  bottom: number;
};

export function buildStage(recipe: Recipe, width: number, height: number): Stage {
  const framing = frameShot(recipe, width, height, OVERSCAN);
  const palette = PALETTES[recipe.style][recipe.hour];
  const sun = placeSun(recipe, framing);
  const toSun: Point = [sun.x - framing.x, sun.y - (framing.ground - framing.size * 0.5)];
  const distance = Math.hypot(...toSun) || 1;
  return {
    recipe,
    framing,
    palette,
    sun,
    lightFrom: [toSun[0] / distance, toSun[1] / distance],
    dark:
      recipe.hour === 'night' || recipe.hour === 'dusk' || recipe.style === 'noir' || recipe.style === 'neon',
    left: -framing.margin.x,
    right: width + framing.margin.x,
    top: -framing.margin.y,
    bottom: height + framing.margin.y,
  };
}

function placeSun({ hour, seed, style }: Recipe, { width, height, horizon, x, unit }: Framing): Stage['sun'] {
  const side = x > width * 0.55 ? -1 : 1;
  const spread = width * (0.2 + ((seed >>> 3) % 5) * 0.025);
  const low = hour === 'dusk' || hour === 'dawn';
  const sunX = Math.min(width * 0.86, Math.max(width * 0.16, x + side * spread));
  if (style === 'neon') return { x: sunX, y: horizon - height * 0.12, radius: unit * 150 };
  const rise = low ? 0.1 : hour === 'night' ? 0.36 : 0.38;
  const y = Math.max(height * 0.13, horizon - height * rise);
  return { x: sunX, y, radius: unit * (low ? 62 : hour === 'night' ? 40 : 46) };
}

/** A transparent layer, with its origin at the frame's corner, and a painter on it. `salt` keeps layers from sharing their dice. */
export function openLayer(stage: Stage, salt: number): { canvas: Canvas; painter: Painter } {
  const { left, right, top, bottom, palette, recipe, lightFrom, framing } = stage;
  const canvas = createCanvas(right - left, bottom - top);
  const ctx = canvas.getContext('2d');
  ctx.translate(-left, -top);
  const random = seededRandom(recipe.seed + salt * 7919);
  return {
    canvas,
    painter: new Painter(ctx, {
      palette,
      style: recipe.style,
      random,
      lightFrom,
      unit: framing.unit,
      chroma: chromaOf(recipe),
      earth: earthOf(recipe),
    }),
  };
}

/** How much of their own color things keep, by style and light. */
function chromaOf({ style, hour }: Recipe): number {
  const full = { cinematic: 0.42, noir: 0, neon: 0, documentary: 0.55, anime: 0.9, watercolor: 0.75 }[style];
  return full * { day: 1, dawn: 0.85, dusk: 0.6, night: 0.34 }[hour];
}

const EARTHS: Readonly<Partial<Record<Place, Color>>> = {
  desert: '#e8b268',
  forest: '#3f7d57',
  field: '#86a848',
  river: '#7ba052',
  mountain: '#8798a0',
  road: '#a59a62',
};
const SNOW: Color = '#eef4fa';

/** The ground's own color. */
const earthOf = ({ place, weather }: Recipe): Color | null =>
  weather === 'snow' && place !== 'room' ? SNOW : (EARTHS[place] ?? null);
