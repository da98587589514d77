import { GlobalFonts } from '@napi-rs/canvas';
import { type Face, fileOf } from '../../../media/fonts/faces.ts';

const loaded = new Set<Face>();

/** Its family's name in a canvas font. Loads the face once, and only when it is asked for. */
export function familyOf(face: Face): string {
  if (!loaded.has(face)) load(face);
  return `"vp ${face}"`;
}

function load(face: Face): void {
  const path = fileOf(face);
  if (GlobalFonts.registerFromPath(path, `vp ${face}`) === null)
    throw new Error(`The font file ${path} cannot be read.`);
  loaded.add(face);
}
