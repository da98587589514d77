import { type Canvas, type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import type { Size } from '../../aspect-ratio.ts';
import { fade } from './color.ts';
import { hashText, seededRandom } from './random.ts';
import type { Style } from './recipe.ts';
import type { Stage } from './stage.ts';

type Stock = { vignette: number; grain: number };

/** What the film stock adds: dark corners and grain, as opacities. */
const STOCKS: Readonly<Record<Style, Stock>> = {
  cinematic: { vignette: 0.42, grain: 0.045 },
  noir: { vignette: 0.72, grain: 0.07 },
  neon: { vignette: 0.45, grain: 0.03 },
  documentary: { vignette: 0.22, grain: 0.05 },
  anime: { vignette: 0.08, grain: 0 },
  watercolor: { vignette: 0, grain: 0 },
};

/** Paper, px at 720: the painting's deckle edge, wider below for the caption. */
export const PAPER_MARGIN = { side: 34, top: 34 } as const;
export const PAPER = '#f7f1e4';

/** The layer between the picture and the words; it never moves. */
export function paintFinish(stage: Stage, { width, height }: Size, captionTop: number): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  const { vignette, grain } = STOCKS[stage.recipe.style];
  if (vignette > 0) darkenCorners(ctx, width, height, vignette);
  if (grain > 0) {
    tile(ctx, noise(256, stage.recipe.style), grain, width, height);
  }
  if (stage.recipe.style === 'neon') scanlines(ctx, width, height);
  if (stage.recipe.style === 'watercolor') mountOnPaper(ctx, width, height, captionTop, stage.framing.unit);
  return canvas;
}

function darkenCorners(ctx: SKRSContext2D, width: number, height: number, strength: number): void {
  const reach = Math.hypot(width, height) / 2;
  const gradient = ctx.createRadialGradient(
    width / 2,
    height * 0.46,
    reach * 0.42,
    width / 2,
    height * 0.46,
    reach * 1.02,
  );
  gradient.addColorStop(0, '#00000000');
  gradient.addColorStop(0.6, fade('#000000', strength * 0.32));
  gradient.addColorStop(1, fade('#000000', strength));
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, width, height);
}

function scanlines(ctx: SKRSContext2D, width: number, height: number): void {
  ctx.fillStyle = '#00000026';
  for (let y = 0; y < height; y += 4) ctx.fillRect(0, y, width, 1.5);
}

function noise(size: number, salt: string): Canvas {
  const canvas = createCanvas(size, size);
  const ctx = canvas.getContext('2d');
  const pixels = ctx.createImageData(size, size);
  const random = seededRandom(hashText(salt));
  for (let index = 0; index < size * size; index += 1) {
    pixels.data.fill(Math.floor(random() * 255), index * 4, index * 4 + 3);
    pixels.data[index * 4 + 3] = 255;
  }
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

/** The grain of rough paper: coarser than film's, and soft. */
function tooth(): Canvas {
  const canvas = createCanvas(512, 512);
  const ctx = canvas.getContext('2d');
  ctx.imageSmoothingQuality = 'high';
  const fine = noise(256, 'tooth');
  ctx.drawImage(fine, 0, 0, 512, 512);
  ctx.globalAlpha = 0.5;
  ctx.drawImage(fine, 0, 0, 1024, 1024);
  return canvas;
}

/** Paper tooth over the paint, then the bare sheet around a torn-edged window. */
function mountOnPaper(
  ctx: SKRSContext2D,
  width: number,
  height: number,
  captionTop: number,
  unit: number,
): void {
  const random = seededRandom(41);
  tile(ctx, tooth(), 0.09, width, height);
  const [left, top] = [PAPER_MARGIN.side * unit, PAPER_MARGIN.top * unit];
  const [right, bottom] = [width - left, captionTop - 18 * unit];
  const edge = deckle(left, top, right, bottom, unit, random);
  ctx.fillStyle = PAPER;
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  edge.forEach(([x, y], index) => (index === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)));
  ctx.closePath();
  ctx.fill('evenodd');
  ctx.beginPath();
  edge.forEach(([x, y], index) => (index === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)));
  ctx.closePath();
  ctx.lineJoin = 'round';
  for (const [thick, opacity] of [
    [7, 0.1],
    [3, 0.16],
  ] as const) {
    ctx.strokeStyle = fade('#5b5570', opacity);
    ctx.lineWidth = thick * unit;
    ctx.stroke();
  }
  tile(ctx, tooth(), 0.035, width, height);
}

function tile(ctx: SKRSContext2D, texture: Canvas, opacity: number, width: number, height: number): void {
  ctx.globalAlpha = opacity;
  for (let y = 0; y < height; y += texture.height)
    for (let x = 0; x < width; x += texture.width) ctx.drawImage(texture, x, y);
  ctx.globalAlpha = 1;
}

function deckle(
  left: number,
  top: number,
  right: number,
  bottom: number,
  unit: number,
  random: () => number,
): [number, number][] {
  const points: [number, number][] = [];
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
    [left, top],
  ] as const;
  for (let side = 0; side < 4; side += 1) {
    const [x, y] = corners[side] ?? [left, top];
    const [x2, y2] = corners[side + 1] ?? [left, top];
    const steps = Math.round(Math.hypot(x2 - x, y2 - y) / (unit * 9));
    const inward = [
      [0, 1],
      [-1, 0],
      [0, -1],
      [1, 0],
    ][side] ?? [0, 0];
    let depth = 0;
    for (let step = 0; step < steps; step += 1) {
      depth = depth * 0.8 + (random() - 0.35) * unit * 5;
      const t = step / steps;
      points.push([x + (x2 - x) * t + (inward[0] ?? 0) * depth, y + (y2 - y) * t + (inward[1] ?? 0) * depth]);
    }
  }
  return points;
}
