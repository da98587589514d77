import { createCanvas } from '@napi-rs/canvas';
import type { Size } from '../../aspect-ratio.ts';
import type { SceneBrief } from '../../scene-brief.ts';
import type { Shot, Style } from '../art/recipe.ts';
import { type FittedText, fitText, type Measure, type TextBox } from './fit-text.ts';
import { type Families, familiesOf } from './families.ts';
import { TYPE_STYLES, type TypeStyle } from './type-styles.ts';

/** Where the words go, px. */
export type CaptionBox = { x: number; y: number; width: number; height: number; centered: boolean };

/** Words set at one size: `families` are the canvas font lists of its lines. */
export type TextBlock = FittedText & { role: 'heading' | 'text'; families: string[] };

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

/** What all blocks of a caption share; `around` are all its words. Sizes in px. */
type Setting = { type: TypeStyle; room: Size; unit: number; around: string };

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
  const setting: Setting = { type, unit, room, around: brief.sceneDescription };
  const blocks = heading ? setPair(heading, body, setting) : [setAlone(body, setting)];
  const height = label.height + blocks.reduce((sum, block) => sum + blockHeight(block, type), 0);
  return { box, label, blocks, padding, rightToLeft: isRightToLeft(brief.sceneDescription), height };
}

/** px from the top of a block to the top of the next. */
export const blockHeight = ({ lines, fontSize }: FittedText, { lineHeight }: TypeStyle): number =>
  lines.length * fontSize * lineHeight;

function setPair(heading: string, body: string, setting: Setting): TextBlock[] {
  const { type, room, unit } = setting;
  const limits = { width: room.width, lineHeight: type.lineHeight };
  const head = setBlock('heading', heading, setting, {
    ...limits,
    height: room.height * 0.5,
    largest: 44 * unit,
    smallest: 22 * unit,
    maxLines: 1,
  });
  const text = setBlock('text', body, setting, {
    ...limits,
    height: room.height - blockHeight(head, type),
    largest: 27 * unit,
    smallest: 17 * unit,
    maxLines: 6,
  });
  return [head, text];
}

const setAlone = (text: string, setting: Setting): TextBlock =>
  setBlock('heading', text, setting, {
    width: setting.room.width,
    height: setting.room.height,
    lineHeight: setting.type.lineHeight,
    largest: 50 * setting.unit,
    smallest: 19 * setting.unit,
    maxLines: 8,
  });

function setBlock(
  role: TextBlock['role'],
  words: string,
  { type, around }: Setting,
  box: TextBox,
): TextBlock {
  const text = role === 'heading' && type.upperCase ? words.toLocaleUpperCase('en') : words;
  const families = familiesOf(text, role === 'heading' ? type.display : type.text, around);
  const fitted = fitText(text, box, measureIn(families));
  return { ...fitted, role, families: fitted.lines.map(families) };
}

function measureIn(families: Families): Measure {
  const ctx = createCanvas(8, 8).getContext('2d');
  return (text, fontSize) => {
    ctx.font = `${fontSize}px ${families(text)}`;
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
