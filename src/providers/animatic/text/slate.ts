import { type Canvas, type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import type { SceneBrief } from '../../provider.ts';
import { fade } from '../art/color.ts';
import type { Shot, Style } from '../art/recipe.ts';
import { type Face, familiesFor } from './fonts.ts';
import { type FittedText, fitText } from './fit-text.ts';

type Type = {
  face: Face;
  ink: string;
  accent: string;
  /** Color and strength of the shade under the words. */
  scrim: { color: string; opacity: number };
  lineHeight: number;
  upper?: boolean;
};

/** Each style's own hand: face, ink and ground. */
const TYPES: Readonly<Record<Style, Type>> = {
  cinematic: {
    face: 'Playfair',
    ink: '#fff5e6',
    accent: '#ffcf8a',
    scrim: { color: '#05060d', opacity: 0.86 },
    lineHeight: 1.2,
  },
  noir: {
    face: 'Oswald',
    ink: '#f5f5f2',
    accent: '#e8352b',
    scrim: { color: '#000000', opacity: 0.94 },
    lineHeight: 1.22,
    upper: true,
  },
  neon: {
    face: 'Grotesk',
    ink: '#ffffff',
    accent: '#2bf5ff',
    scrim: { color: '#0a0220', opacity: 0.88 },
    lineHeight: 1.22,
  },
  documentary: {
    face: 'Inter Bold',
    ink: '#16191a',
    accent: '#d9572b',
    scrim: { color: '#0d1012', opacity: 0 },
    lineHeight: 1.28,
  },
  anime: {
    face: 'Zen Maru',
    ink: '#ffffff',
    accent: '#ffdf4a',
    scrim: { color: '#0b1446', opacity: 0.66 },
    lineHeight: 1.26,
  },
  watercolor: {
    face: 'Cormorant',
    ink: '#33304a',
    accent: '#a8552f',
    scrim: { color: '#ffffff', opacity: 0 },
    lineHeight: 1.14,
  },
};

/** Where the words go, px. */
export type CaptionBox = { x: number; y: number; width: number; height: number; center: boolean };

/** The caption's place: the lower left of a wide frame, the foot of others, the sheet under a watercolor. */
export function captionBox(style: Style, width: number, height: number): CaptionBox {
  const wide = width > height;
  const side = Math.round(width * (wide ? 0.055 : 0.075));
  const foot = Math.round(Math.min(width, height) * (wide ? 0.075 : 0.085));
  if (style === 'watercolor') {
    const top = Math.round(height * (wide ? 0.775 : height > width ? 0.8 : 0.77));
    return {
      x: side,
      y: top,
      width: width - side * 2,
      height: height - top - Math.round(foot * 0.45),
      center: true,
    };
  }
  const boxHeight = Math.round(height * (wide ? 0.31 : height > width ? 0.24 : 0.3));
  return {
    x: side,
    y: height - foot - boxHeight,
    width: Math.round(wide ? width * 0.56 : width - side * 2),
    height: boxHeight,
    center: false,
  };
}

/** Whether the text's first letter belongs to a script written from right to left. */
export const isRightToLeft = (text: string): boolean =>
  /^[^\p{L}]*[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u.test(text);

/** A heading and what follows it, as `scene_description` joins them. */
export function headingAndBody(description: string): { heading: string | null; body: string } {
  const [, heading, body] = /^(.{1,60}?) — (.+)$/su.exec(description.trim()) ?? [];
  return heading && body ? { heading, body } : { heading: null, body: description.trim() };
}

type Setting = {
  kicker: string;
  heading: string | null;
  text: FittedText;
  kickerSize: number;
  headingText: FittedText | null;
};

/** Sets a scene's words so that nothing is wider or taller than the box. */
export function setCaption(
  brief: SceneBrief,
  style: Style,
  shot: Shot,
  width: number,
  height: number,
): Setting {
  const type = TYPES[style];
  const box = captionBox(style, width, height);
  const unit = Math.min(width, height) / 720;
  const ctx = createCanvas(8, 8).getContext('2d');
  const { heading, body } = headingAndBody(brief.sceneDescription);
  const cased = (text: string) => (type.upper ? text.toLocaleUpperCase() : text);
  const measureIn = (families: string) => (text: string, size: number) => {
    ctx.font = `${size}px ${families}`;
    return ctx.measureText(text).width;
  };
  const kickerSize = 17 * unit;
  let room = box.height - kickerSize * 2.1;
  let headingText: FittedText | null = null;
  if (heading) {
    const families = familiesFor(heading, type.face);
    headingText = fitText(
      cased(heading),
      {
        width: box.width,
        height: room * 0.42,
        largest: 46 * unit,
        smallest: 24 * unit,
        lineHeight: type.lineHeight,
        maxLines: 1,
      },
      measureIn(families),
    );
    room -= headingText.lines.length * headingText.fontSize * type.lineHeight + 4 * unit;
  }
  const tight = style === 'documentary' ? 40 * unit : 0;
  const text = fitText(
    heading ? body : cased(body),
    {
      width: box.width - tight,
      height: room - tight * 0.6,
      largest: (heading ? 27 : 50) * unit,
      smallest: 17 * unit,
      lineHeight: type.lineHeight,
      maxLines: heading ? 5 : 6,
    },
    measureIn(familiesFor(body, heading ? bodyFace(type.face) : type.face)),
  );
  const kicker = `${String(brief.sceneIndex + 1).padStart(2, '0')}  /  ${shot.toUpperCase()}`;
  return { kicker, heading, text, kickerSize, headingText };
}

const bodyFace = (face: Face): Face =>
  face === 'Playfair' || face === 'Oswald' || face === 'Inter Bold' ? 'Inter' : face;

/** Paints a scene's words and their ground on a clear layer. They stand still and are never zoomed. */
export function paintSlate(
  brief: SceneBrief,
  style: Style,
  shot: Shot,
  width: number,
  height: number,
): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  const type = TYPES[style];
  const box = captionBox(style, width, height);
  const unit = Math.min(width, height) / 720;
  const set = setCaption(brief, style, shot, width, height);
  const rtl = isRightToLeft(brief.sceneDescription);
  if (type.scrim.opacity > 0) shade(ctx, type, box, width, height);
  const blockHeight = heightOf(set, type, unit);
  const top = box.center
    ? box.y + Math.max(0, (box.height - blockHeight) / 2)
    : box.y + box.height - blockHeight;
  ctx.direction = rtl ? 'rtl' : 'ltr';
  ctx.textAlign = box.center ? 'center' : rtl ? 'right' : 'left';
  ctx.textBaseline = 'alphabetic';
  const x = box.center ? width / 2 : rtl ? box.x + box.width : box.x;
  const pen: Pen = { ctx, type, style, unit, x, rtl, box };
  let y = paintKicker(pen, set, top);
  if (set.headingText) {
    y = lines(pen, set.headingText, familiesFor(set.heading ?? '', type.face), y, type.ink) + 4 * unit;
    lines(
      pen,
      set.text,
      familiesFor(set.text.lines.join(' '), bodyFace(type.face)),
      y,
      style === 'documentary' ? '#ffffff' : fade(type.ink, 0.92),
    );
  } else {
    lines(pen, set.text, familiesFor(set.text.lines.join(' '), type.face), y, type.ink);
  }
  return canvas;
}

type Pen = {
  ctx: SKRSContext2D;
  type: Type;
  style: Style;
  unit: number;
  x: number;
  rtl: boolean;
  box: CaptionBox;
};

const heightOf = ({ text, headingText, kickerSize }: Setting, { lineHeight }: Type, unit: number): number =>
  kickerSize * 2.1 +
  text.lines.length * text.fontSize * lineHeight +
  (headingText ? headingText.lines.length * headingText.fontSize * lineHeight + 4 * unit : 0);

function shade(ctx: SKRSContext2D, { scrim }: Type, box: CaptionBox, width: number, height: number): void {
  const rise = height - box.y + height * 0.16;
  const up = ctx.createLinearGradient(0, height - rise, 0, height);
  for (const [stop, share] of [
    [0, 0],
    [0.25, 0.16],
    [0.55, 0.62],
    [0.8, 0.9],
    [1, 1],
  ] as const)
    up.addColorStop(stop, fade(scrim.color, scrim.opacity * share * (width > height ? 0.8 : 1)));
  ctx.fillStyle = up;
  ctx.fillRect(0, height - rise, width, rise);
  if (width <= height) return;
  const across = ctx.createRadialGradient(0, height, 0, 0, height, width * 0.72);
  across.addColorStop(0, fade(scrim.color, scrim.opacity * 0.8));
  across.addColorStop(0.5, fade(scrim.color, scrim.opacity * 0.5));
  across.addColorStop(1, fade(scrim.color, 0));
  ctx.fillStyle = across;
  ctx.fillRect(0, 0, width, height);
}

/** The line that says which scene and shot; returns where the words below begin. */
function paintKicker(pen: Pen, { kicker, kickerSize }: Setting, top: number): number {
  const { ctx, type, style, unit, x, rtl, box } = pen;
  const tracking = style === 'watercolor' ? 3 : 2.4;
  ctx.font = `${kickerSize}px ${familiesFor(kicker, style === 'watercolor' ? 'Cormorant' : style === 'neon' ? 'Grotesk' : style === 'noir' ? 'Oswald' : 'Inter Bold')}`;
  ctx.letterSpacing = `${tracking * unit}px`;
  const width = ctx.measureText(kicker).width;
  const baseline = top + kickerSize;
  const left = box.center ? x - width / 2 : rtl ? x - width : x;
  if (style === 'documentary' || style === 'anime') {
    const [padX, padY] = [11 * unit, 7 * unit];
    const lean = style === 'anime' ? 7 * unit : 0;
    ctx.fillStyle = type.accent;
    ctx.beginPath();
    ctx.moveTo(left + lean, baseline - kickerSize * 0.8 - padY);
    ctx.lineTo(left + width + padX * 2 + lean, baseline - kickerSize * 0.8 - padY);
    ctx.lineTo(left + width + padX * 2 - lean, baseline + padY);
    ctx.lineTo(left - lean, baseline + padY);
    ctx.fill();
    ctx.fillStyle = style === 'anime' ? '#141a4a' : '#ffffff';
    ctx.textAlign = 'left';
    ctx.direction = 'ltr';
    ctx.fillText(kicker, left + padX, baseline);
  } else {
    ctx.fillStyle = type.accent;
    ctx.textAlign = 'left';
    ctx.direction = 'ltr';
    ctx.fillText(kicker, left, baseline);
    if (!box.center)
      ctx.fillRect(
        rtl ? left - 54 * unit : left + width + 12 * unit,
        baseline - kickerSize * 0.4,
        42 * unit,
        2 * unit,
      );
  }
  ctx.letterSpacing = '0px';
  ctx.textAlign = box.center ? 'center' : rtl ? 'right' : 'left';
  ctx.direction = rtl ? 'rtl' : 'ltr';
  return top + kickerSize * 2.1;
}

/** Paints lines from `top` down and returns where they end. */
function lines(
  pen: Pen,
  { lines: set, fontSize }: FittedText,
  families: string,
  top: number,
  ink: string,
): number {
  const { ctx, type, style, unit, x, rtl, box } = pen;
  ctx.font = `${fontSize}px ${families}`;
  const step = fontSize * type.lineHeight;
  const plate = style === 'documentary' && ink === type.ink;
  set.forEach((line, index) => {
    const baseline = top + step * index + fontSize * 0.98;
    const at = plate ? x + (rtl ? -14 : 14) * unit : x;
    if (plate) {
      const width = ctx.measureText(line).width + 28 * unit;
      ctx.fillStyle = '#f6f4ee';
      ctx.fillRect(rtl ? box.x + box.width - width : x, baseline - fontSize * 0.98, width, step + 0.5);
    }
    if (style === 'anime') {
      ctx.strokeStyle = fade('#0b1446', 0.85);
      ctx.lineJoin = 'round';
      ctx.lineWidth = Math.max(3 * unit, fontSize * 0.14);
      ctx.strokeText(line, at, baseline);
    } else if (style === 'neon') {
      ctx.shadowColor = fade('#ff3fd0', 0.9);
      ctx.shadowBlur = fontSize * 0.35;
    } else if (style === 'cinematic' || style === 'noir' || (style === 'documentary' && !plate)) {
      ctx.shadowColor = '#000000b0';
      ctx.shadowBlur = fontSize * 0.25;
    }
    ctx.fillStyle = ink;
    ctx.fillText(line, at, baseline);
    ctx.shadowBlur = 0;
    ctx.shadowColor = '#00000000';
  });
  return top + step * set.length;
}
