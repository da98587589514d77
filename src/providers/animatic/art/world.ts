import { type Canvas, type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import { PLACE_SKETCHES } from '../places/index.ts';
import { shoulderBefore } from '../subjects/figures.ts';
import { SKETCHES } from '../subjects/index.ts';
import type { Stand } from '../subjects/sketch.ts';
import { type Camera, cameraAt } from './camera.ts';
import { fade } from './color.ts';
import type { Recipe, Subject } from './recipe.ts';
import { paintSky } from './sky.ts';
import { type Stage, buildStage, openLayer } from './stage.ts';
import { type Motion, motionsOf } from './weather.ts';

type Plane = Motion['above'];
type Layer = {
  plane: Plane;
  canvas: Canvas;
  depth: number;
  /** Rows that hold anything. */ from: number;
  to: number;
};

/** How far each plane follows the camera: what is near moves more. */
const PARALLAX: Readonly<Record<Plane, number>> = { sky: 0.18, far: 0.42, mid: 0.78, near: 1.25 };

/** A shot's set, painted once; the camera then moves through its planes. */
export type World = {
  stage: Stage;
  /** Draws what the camera sees after `share` of its move (0 to 1, or a little on), `seconds` before (negative) or after its end. */
  draw(ctx: SKRSContext2D, share: number, seconds: number): void;
};

export function paintWorld(recipe: Recipe, width: number, height: number): World {
  const stage = buildStage(recipe, width, height);
  const layers = [
    paintPlane(stage, 'sky'),
    paintPlane(stage, 'far'),
    paintPlane(stage, 'mid'),
    paintPlane(stage, 'near'),
  ];
  const motions = motionsOf(stage);
  return {
    stage,
    draw(ctx, share, seconds) {
      const camera = cameraAt(recipe.move, share);
      for (const { plane, canvas, depth, from, to } of layers) {
        ctx.save();
        aim(ctx, camera, depth, width, height);
        if (to > from)
          ctx.drawImage(
            canvas,
            0,
            from,
            canvas.width,
            to - from,
            stage.left,
            stage.top + from,
            canvas.width,
            to - from,
          );
        for (const motion of motions) if (motion.above === plane) motion.draw(ctx, seconds);
        ctx.restore();
      }
    },
  };
}

function aim(ctx: SKRSContext2D, camera: Camera, depth: number, width: number, height: number): void {
  const zoom = 1 + (camera.zoom - 1) * (0.35 + depth * 0.75);
  ctx.translate(width / 2 - camera.x * depth * width, height / 2 - camera.y * depth * height);
  ctx.scale(zoom, zoom);
  ctx.translate(-width / 2, -height / 2);
}

function paintPlane(stage: Stage, plane: Plane): Layer {
  const { framing, recipe } = stage;
  const { canvas, painter } = openLayer(stage, { sky: 1, far: 2, mid: 3, near: 4 }[plane]);
  const place = PLACE_SKETCHES[recipe.place];
  if (plane === 'sky') paintSky(stage, painter);
  if (plane === 'far') {
    place.far(stage, painter);
    if (recipe.place !== 'room') mist(stage, painter.ctx);
  }
  if (plane === 'mid') {
    place.mid(stage, painter);
    if (recipe.companion) stand(stage, painter, recipe.companion, companionStand(stage));
    if (recipe.subject) stand(stage, painter, recipe.subject, subjectStand(stage));
  }
  if (plane === 'near') paintNear(stage, painter);
  const blur = plane === 'sky' ? framing.blur.far * 0.6 : framing.blur[plane];
  const layer = blur > 0.4 ? soften(canvas, blur) : canvas;
  return { plane, canvas: layer, depth: PARALLAX[plane], ...rowsOf(layer) };
}

function paintNear(stage: Stage, painter: Parameters<typeof shoulderBefore>[0]): void {
  const { framing, recipe } = stage;
  if (recipe.shot === 'over-the-shoulder') {
    const size = Math.min(framing.height, framing.width * 1.1) * 0.72;
    shoulderBefore(
      painter,
      framing.width * (framing.width > framing.height ? 0.22 : 0.2),
      framing.height * 0.86,
      size,
      1,
    );
    return;
  }
  if (recipe.shot === 'insert' || recipe.shot === 'close-up') return;
  PLACE_SKETCHES[recipe.place].near(stage, painter);
}

/** Air gathers at the foot of what is far. */
function mist({ framing, palette, recipe, left, right }: Stage, ctx: SKRSContext2D): void {
  const depth = framing.height * (recipe.weather === 'fog' ? 0.5 : 0.16);
  const y = framing.horizon + framing.height * 0.05;
  const gradient = ctx.createLinearGradient(0, y - depth, 0, y + depth * 0.8);
  gradient.addColorStop(0, fade(palette.haze, 0));
  gradient.addColorStop(0.55, fade(palette.haze, recipe.weather === 'fog' ? 0.85 : 0.34));
  gradient.addColorStop(1, fade(palette.haze, 0));
  ctx.fillStyle = gradient;
  ctx.fillRect(left, y - depth, right - left, depth * 1.8);
}

function stand(
  _stage: Stage,
  painter: Parameters<typeof shoulderBefore>[0],
  subject: Subject,
  where: Stand,
): void {
  if (subject !== 'birds') SKETCHES[subject](painter, where);
}

function subjectStand({ framing, recipe, dark, sun }: Stage): Stand {
  const afloat = recipe.place === 'sea' && recipe.subject === 'ship';
  const { horizon, height } = framing;
  // Only a person is cut by the frame's foot in a close-up; things stand clear of the caption.
  const whole = recipe.shot === 'close-up' && recipe.subject !== 'figure';
  const ground = whole ? Math.min(framing.ground, height * 0.74) : framing.ground;
  return {
    x: framing.x,
    ground: afloat ? horizon + (ground - horizon) * 0.9 : ground,
    size: whole ? framing.size * 0.8 : framing.size,
    depth: 0.6,
    dark,
    facing: sun.x < framing.x ? -1 : 1,
    shot: recipe.shot,
    suited: recipe.place === 'space',
  };
}

function companionStand(stage: Stage): Stand {
  const main = subjectStand(stage);
  const side = stage.framing.width > stage.framing.height ? -1 : 1;
  return {
    ...main,
    x: main.x + side * main.size * 0.62,
    ground: main.ground + main.size * 0.015,
    size: main.size * 0.5,
    shot: 'wide',
  };
}

function soften(canvas: Canvas, radius: number): Canvas {
  const soft = createCanvas(canvas.width, canvas.height);
  const ctx = soft.getContext('2d');
  ctx.filter = `blur(${radius}px)`;
  ctx.drawImage(canvas, 0, 0);
  return soft;
}

/** Rows looked at together. */
const ROW_STEP = 8;

/** The rows that hold anything: a third of the drawing is of empty layers otherwise. */
function rowsOf(canvas: Canvas): { from: number; to: number } {
  const rows = Math.ceil(canvas.height / ROW_STEP);
  const [columns, small] = [48, createCanvas(48, rows)];
  const ctx = small.getContext('2d');
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(canvas, 0, 0, columns, rows);
  const { data } = ctx.getImageData(0, 0, columns, rows);
  const filled = (row: number) =>
    data
      .subarray(row * columns * 4, (row + 1) * columns * 4)
      .some((value, index) => index % 4 === 3 && value > 0);
  const used = Array.from({ length: rows }, (_, row) => row).filter(filled);
  const [first, last] = [used[0], used.at(-1)];
  if (first === undefined || last === undefined) return { from: 0, to: 0 };
  return { from: Math.max(0, (first - 1) * ROW_STEP), to: Math.min(canvas.height, (last + 2) * ROW_STEP) };
}
