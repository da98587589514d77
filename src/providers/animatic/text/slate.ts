import { type Canvas, type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import type { Size } from '../../aspect-ratio.ts';
import type { SceneBrief } from '../../scene-brief.ts';
import { fade } from '../art/color.ts';
import type { Shot, Style } from '../art/recipe.ts';
import { type Caption, type TextBlock, blockHeight, setCaption } from './caption.ts';
import { familiesOf } from './families.ts';
import { TYPE_STYLES, type TypeStyle } from './type-styles.ts';

type Pen = {
  ctx: SKRSContext2D;
  type: TypeStyle;
  caption: Caption;
  unit: number;
  /** Where lines begin, or their middle. */ x: number;
};

/** Paints a scene's words and their ground on a clear layer. They stand still and are never zoomed. */
export function paintSlate(brief: SceneBrief, style: Style, shot: Shot, size: Size): Canvas {
  const canvas = createCanvas(size.width, size.height);
  const ctx = canvas.getContext('2d');
  const type = TYPE_STYLES[style];
  const caption = setCaption(brief, style, shot, size);
  const { box, rightToLeft, height } = caption;
  if (type.scrim.opacity > 0) shade(ctx, type, caption, size);
  const x = box.centered ? size.width / 2 : rightToLeft ? box.x + box.width : box.x;
  const pen: Pen = { ctx, type, caption, unit: Math.min(size.width, size.height) / 720, x };
  let top = box.y + Math.max(0, (box.height - height) / (box.centered ? 2 : 1));
  if (style === 'documentary' || style === 'anime') paintTag(pen, top, style === 'anime' ? 7 : 0);
  else paintLabel(pen, top);
  top += caption.label.height;
  for (const block of caption.blocks) {
    paintBlock(pen, block, top);
    top += blockHeight(block, type);
  }
  return canvas;
}

/** Darkens the foot of the picture under the words, and no more of it than they need. */
function shade(
  ctx: SKRSContext2D,
  { scrim }: TypeStyle,
  { box, height: textHeight, rightToLeft }: Caption,
  { width, height }: Size,
): void {
  const wide = width > height;
  const rise = height - box.y - box.height + textHeight + height * 0.13;
  const up = ctx.createLinearGradient(0, height - rise, 0, height);
  for (const [stop, share] of [
    [0, 0],
    [0.22, 0.2],
    [0.5, 0.66],
    [0.8, 0.92],
    [1, 1],
  ] as const) {
    up.addColorStop(stop, fade(scrim.color, scrim.opacity * share * (wide ? 0.6 : 1)));
  }
  ctx.fillStyle = up;
  ctx.fillRect(0, height - rise, width, rise);
  if (!wide) return;
  // An ellipse from the corner: the subject on the other side keeps its light.
  ctx.save();
  ctx.translate(rightToLeft ? box.x + box.width : 0, height);
  ctx.scale(rightToLeft ? -1 : 1, (rise * 1.25) / (width * 0.62));
  const across = ctx.createRadialGradient(0, 0, 0, 0, 0, width * 0.62);
  across.addColorStop(0, fade(scrim.color, scrim.opacity * 0.9));
  across.addColorStop(0.55, fade(scrim.color, scrim.opacity * 0.6));
  across.addColorStop(1, fade(scrim.color, 0));
  ctx.fillStyle = across;
  ctx.fillRect(-width, -width, width * 2, width);
  ctx.restore();
}

function labelFont({ ctx, type, caption, unit }: Pen): number {
  ctx.font = `${caption.label.fontSize}px ${familiesOf(caption.label.text, type.label)(caption.label.text)}`;
  ctx.letterSpacing = `${2.4 * unit}px`;
  ctx.textAlign = 'left';
  ctx.direction = 'ltr';
  return ctx.measureText(caption.label.text).width;
}

/** Scene and shot in the accent color, with a short rule. */
function paintLabel(pen: Pen, top: number): void {
  const { ctx, type, caption, unit, x } = pen;
  const { box, label, rightToLeft } = caption;
  const width = labelFont(pen);
  const left = box.centered ? x - width / 2 : rightToLeft ? x - width : x;
  const baseline = top + label.fontSize;
  ctx.fillStyle = type.accent;
  ctx.fillText(label.text, left, baseline);
  ctx.letterSpacing = '0px';
  if (box.centered) return;
  ctx.fillRect(
    rightToLeft ? left - 56 * unit : left + width + 14 * unit,
    baseline - label.fontSize * 0.42,
    42 * unit,
    2 * unit,
  );
}

/** Scene and shot on a colored tag; `lean` slants it, px at 720. */
function paintTag(pen: Pen, top: number, lean: number): void {
  const { ctx, type, caption, unit, x } = pen;
  const { label, rightToLeft } = caption;
  const width = labelFont(pen) + 22 * unit;
  const left = rightToLeft ? x - width : x;
  const slant = lean * unit;
  ctx.fillStyle = type.accent;
  ctx.beginPath();
  ctx.moveTo(left + slant, top - 4 * unit);
  ctx.lineTo(left + width + slant, top - 4 * unit);
  ctx.lineTo(left + width - slant, top + 24 * unit);
  ctx.lineTo(left - slant, top + 24 * unit);
  ctx.fill();
  ctx.fillStyle = lean > 0 ? '#141a4a' : '#ffffff';
  ctx.fillText(label.text, left + 11 * unit, top + label.fontSize * 0.96);
  ctx.letterSpacing = '0px';
}

function paintBlock(pen: Pen, { lines, fontSize, families, role }: TextBlock, top: number): void {
  const { ctx, type, caption, x } = pen;
  const { box, rightToLeft, padding } = caption;
  ctx.direction = rightToLeft ? 'rtl' : 'ltr';
  ctx.textAlign = box.centered ? 'center' : rightToLeft ? 'right' : 'left';
  ctx.textBaseline = 'alphabetic';
  const step = fontSize * type.lineHeight;
  lines.forEach((line, index) => {
    const y = top + step * index;
    ctx.font = `${fontSize}px ${families[index]}`;
    const baseline = y + step * 0.5 + fontSize * 0.35;
    lift(pen, line, role, { y, step, baseline, fontSize });
    ctx.fillText(line, x + (rightToLeft ? -padding : padding), baseline);
    ctx.shadowColor = '#00000000';
  });
}

type Line = { y: number; step: number; baseline: number; fontSize: number };

/** Sets the ink and what lifts a line off the picture. */
function lift(pen: Pen, text: string, role: TextBlock['role'], line: Line): void {
  const { ctx, type, unit, x } = pen;
  const ink = role === 'heading' ? type.ink : fade(type.ink, 0.94);
  if (type.lift === 'plate') plate(pen, text, role, line);
  if (type.lift === 'outline') {
    ctx.strokeStyle = fade('#0b1446', 0.85);
    ctx.lineJoin = 'round';
    ctx.lineWidth = Math.max(3 * unit, line.fontSize * 0.14);
    ctx.strokeText(text, x, line.baseline);
  }
  if (type.lift === 'glow') {
    ctx.shadowColor = fade('#ff3fd0', role === 'heading' ? 0.9 : 0.55);
    ctx.shadowBlur = line.fontSize * 0.3;
  }
  if (type.lift === 'shadow') {
    ctx.shadowColor = '#000000b0';
    ctx.shadowBlur = line.fontSize * 0.25;
  }
  ctx.fillStyle = type.lift === 'plate' && role === 'text' ? '#ffffff' : ink;
}

/** The strip of a lower third: light under a heading, dark under what follows. */
function plate({ ctx, caption, x }: Pen, text: string, role: TextBlock['role'], { y, step }: Line): void {
  const width = ctx.measureText(text).width + caption.padding * 2;
  ctx.fillStyle = role === 'heading' ? '#f6f4ee' : '#14181ae6';
  ctx.fillRect(caption.rightToLeft ? x - width : x, y, width, step + 0.5);
}
