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

function fontOf(face: Face): Font {
  const known = fonts.get(face);
  if (known) return known;
  const font = create(readFileSync(fileOf(face)));
  if (font.isCollection) throw new Error(`${face} is more than one font.`);
  fonts.set(face, font);
  return font;
}
