import { lackingIn } from './coverage.ts';
import { type Face, familyOf } from './faces.ts';

/** Faces that set a script the Latin ones do not have, the better first; Han is told apart by what stands around it. */
const SCRIPT_FACES: readonly (readonly [script: RegExp, around: RegExp | null, faces: readonly Face[]])[] = [
  [
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u,
    /[\p{sc=Hiragana}\p{sc=Katakana}]/u,
    ['Zen Maru', 'XiaoWei'],
  ],
  [/[\p{sc=Han}\p{sc=Hangul}]/u, /\p{sc=Hangul}/u, ['Nanum']],
  [/\p{sc=Han}/u, null, ['XiaoWei', 'Zen Maru']],
  [/\p{sc=Arabic}/u, null, ['Arabic']],
  [/\p{sc=Hebrew}/u, null, ['Hebrew']],
  [/\p{sc=Devanagari}/u, null, ['Devanagari']],
  [/\p{sc=Thai}/u, null, ['Thai']],
  [/\p{Extended_Pictographic}/u, null, ['Emoji']],
];

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

function facesFor(text: string, face: Face, around: string): Face[] {
  const needed = SCRIPT_FACES.filter(
    ([script, context]) => script.test(text) && (context?.test(around) ?? true),
  );
  return [...new Set([...needed.flatMap(([, , faces]) => faces), face, 'Inter' as const])];
}
