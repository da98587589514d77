import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkitten';
import { type Face, fileOf } from './faces.ts';

/** Characters that need no glyph of their own. */
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]/u;

const fonts = new Map<Face, Font>();

/** How many characters of a text a face has no glyph for. */
export function lackingIn(face: Face, text: string): number {
  const font = fontOf(face);
  let lacking = 0;
  for (const character of text) {
    if (!UNSEEN.test(character) && !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) lacking += 1;
  }
  return lacking;
}

/** Width of a text set in a face, in ems; near enough to break lines by, and never less where letters join. */
export function emsWide(face: Face, text: string): number {
  const font = fontOf(face);
  let units = 0;
  for (const character of text) {
    if (UNSEEN.test(character) && character !== ' ') continue;
    units += font.glyphForCodePoint(character.codePointAt(0) ?? 0)?.advanceWidth ?? font.unitsPerEm;
  }
  return units / font.unitsPerEm;
}

/** Height that a face's designer gave its lines, in ems. */
export function emsHigh(face: Face): number {
  const { unitsPerEm, 'OS/2': metrics } = fontOf(face);
  return (metrics.winAscent + metrics.winDescent) / unitsPerEm;
}

/** By which a face is found among others. */
export const nameOf = (face: Face): string => fontOf(face).fullName;

function fontOf(face: Face): Font {
  const known = fonts.get(face);
  if (known) return known;
  const font = create(readFileSync(fileOf(face)));
  if (font.isCollection) throw new Error(`${face} is more than one font.`);
  fonts.set(face, font);
  return font;
}
