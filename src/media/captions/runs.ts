import { emsWide, lackingIn } from '../fonts/coverage.ts';
import type { Face } from '../fonts/faces.ts';
import { facesFor } from '../fonts/script-faces.ts';

/** Text that one face sets. */
export type Run = { face: Face; text: string };

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Splits a text where it needs another face: whole where one has all of it. A player of captions looks for no other font by itself.
 *
 * @param around more of the same writing.
 */
export function runsOf(text: string, face: Face, around: string): Run[] {
  const own = facesFor(text, face, around);
  // The style's own where it will do; its Latin matches the words around.
  const faces = [...new Set([face, ...own])];
  const whole = faces.find((candidate) => lackingIn(candidate, text) === 0);
  if (whole) return [{ face: whole, text }];
  const runs: Run[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const has = faces.find((candidate) => lackingIn(candidate, segment) === 0) ?? face;
    const last = runs.at(-1);
    if (last?.face === has) last.text += segment;
    else runs.push({ face: has, text: segment });
  }
  return runs;
}

/** Ems that runs take on a line. */
export const widthOf = (runs: readonly Run[]): number =>
  runs.reduce((sum, { face, text }) => sum + emsWide(face, text), 0);
