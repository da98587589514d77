import { lackingIn } from '../../../media/fonts/coverage.ts';
import type { Face } from '../../../media/fonts/faces.ts';
import { facesFor } from '../../../media/fonts/script-faces.ts';
import { familyOf } from './faces.ts';

/** Canvas family list that sets a line. */
export type Families = (line: string) => string;

/**
 * Chooses what sets a text's lines: one face for all of them that has every character; else one for each line that
 * has all of the line's; only where none has, several, and as few characters as can be from another than the first.
 *
 * @param face the style's own, taken where it has what is needed.
 * @param around more of the same writing: kana there make Han Japanese.
 */
export function familiesOf(text: string, face: Face, around: string = text): Families {
  const faces = facesFor(text, face, around);
  const whole = faces.find((name) => lackingIn(name, text) === 0);
  return whole ? () => familyOf(whole) : (line) => familiesOfLine(line, faces);
}

function familiesOfLine(line: string, faces: readonly Face[]): string {
  const lacking = new Map(faces.map((name) => [name, lackingIn(name, line)]));
  const [first, ...others] = faces.toSorted((a, b) => (lacking.get(a) ?? 0) - (lacking.get(b) ?? 0));
  if (!first) throw new Error('Every style has a face.');
  return (lacking.get(first) === 0 ? [first] : [first, ...others]).map(familyOf).join(', ');
}
