import { createCanvas } from '@napi-rs/canvas';
import type { SceneBrief, Size } from '../../provider.ts';
import type { Shot, Style } from '../art/recipe.ts';
import { type FittedText, fitText } from './fit-text.ts';
import { familiesFor } from './fonts.ts';
import { TYPE_STYLES, type TypeStyle } from './type-styles.ts';

/** Where the words go, px. */
export type CaptionBox = { x: number; y: number; width: number; height: number; centered: boolean };

/** Words set at one size: `families` is the canvas font list. */
export type TextBlock = FittedText & { role: 'heading' | 'text'; families: string };

/** A scene's words, set. All sizes in px. */
export type Caption = {
  box: CaptionBox;
  label: { text: string; fontSize: number; height: number };
  blocks: TextBlock[];
  /** Room a plate adds at either end of a line. */
  padding: number;
  rightToLeft: boolean;
  height: number;
};

/** The caption's place: the lower left of a wide frame, the foot of others, the sheet under a watercolor. */
export function captionBox(style: Style, { width, height }: Size): CaptionBox {
  const wide = width > height;
  const tall = height > width;
  const short = Math.min(width, height);
  if (style === 'watercolor') {
    const side = Math.round(width * (wide ? 0.1 : 0.075));
    const y = Math.round(height * (wide ? 0.765 : tall ? 0.8 : 0.755));
    return {
      x: side,
      y,
      width: width - side * 2,
      height: height - y - Math.round(short * 0.035),
      centered: true,
    };
  }
  const side = Math.round(width * (wide ? 0.055 : 0.075));
  const foot = Math.round(short * (wide ? 0.075 : 0.085));
  const boxHeight = Math.round(height * (wide ? 0.31 : tall ? 0.24 : 0.3));
  return {
    x: side,
    y: height - foot - boxHeight,
    width: Math.round(wide ? width * 0.53 : width - side * 2),
    height: boxHeight,
    centered: false,
  };
}

/** Sets a scene's words as large as they go; nothing is wider or taller than the box. */
export function setCaption(brief: SceneBrief, style: Style, shot: Shot, size: Size): Caption {
  const type = TYPE_STYLES[style];
  const box = captionBox(style, size);
  const unit = Math.min(size.width, size.height) / 720;
  const padding = type.lift === 'plate' ? 14 * unit : 0;
  const label = {
    text: `${String(brief.sceneIndex + 1).padStart(2, '0')}  /  ${shot.toUpperCase()}`,
    fontSize: 17 * unit,
    height: 36 * unit,
  };
  const { heading, body } = headingAndBody(brief.sceneDescription);
  const room = { width: box.width - padding * 2, height: box.height - label.height };
  const blocks = heading ? setPair(heading, body, type, room, unit) : [setAlone(body, type, room, unit)];
  const height = label.height + blocks.reduce((sum, block) => sum + blockHeight(block, type), 0);
  return { box, label, blocks, padding, rightToLeft: isRightToLeft(brief.sceneDescription), height };
}

/** px from the top of a block to the top of the next. */
export const blockHeight = ({ lines, fontSize }: FittedText, { lineHeight }: TypeStyle): number =>
  lines.length * fontSize * lineHeight;

function setPair(heading: string, body: string, type: TypeStyle, room: Size, unit: number): TextBlock[] {
  const limits = { width: room.width, lineHeight: type.lineHeight };
  const head = setBlock('heading', heading, type, {
    ...limits,
    height: room.height * 0.5,
    largest: 44 * unit,
    smallest: 22 * unit,
    maxLines: 1,
  });
  const text = setBlock('text', body, type, {
    ...limits,
    height: room.height - blockHeight(head, type),
    largest: 27 * unit,
    smallest: 17 * unit,
    maxLines: 6,
  });
  return [head, text];
}

const setAlone = (text: string, type: TypeStyle, room: Size, unit: number): TextBlock =>
  setBlock('heading', text, type, {
    width: room.width,
    height: room.height,
    lineHeight: type.lineHeight,
    largest: 50 * unit,
    smallest: 19 * unit,
    maxLines: 8,
  });

function setBlock(
  role: TextBlock['role'],
  words: string,
  type: TypeStyle,
  box: Parameters<typeof fitText>[1],
): TextBlock {
  const families = familiesFor(words, role === 'heading' ? type.display : type.text);
  const text = role === 'heading' && type.upperCase ? words.toLocaleUpperCase('en') : words;
  return { ...fitText(text, box, measureIn(families)), role, families };
}

function measureIn(families: string): (text: string, fontSize: number) => number {
  const ctx = createCanvas(8, 8).getContext('2d');
  return (text, fontSize) => {
    ctx.font = `${fontSize}px ${families}`;
    return ctx.measureText(text).width;
  };
}

/** Whether the text's first letter belongs to a script written from right to left. */
export const isRightToLeft = (text: string): boolean =>
  /^[^\p{L}]*[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u.test(text);

/** A heading and what follows it, as a `scene_description` joins them. */
export function headingAndBody(description: string): { heading: string | null; body: string } {
  const [, heading, body] = /^(.{1,60}?) — (.+)$/su.exec(description.trim()) ?? [];
  return heading && body ? { heading, body } : { heading: null, body: description.trim() };
}
