import type { Face } from './faces.ts';

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

/**
 * Faces that may be needed to set a text, the better first; the style's own where nothing else must be.
 *
 * @param around more of the same writing: kana there make Han Japanese.
 */
export function facesFor(text: string, face: Face, around: string): Face[] {
  const needed = SCRIPT_FACES.filter(
    ([script, context]) => script.test(text) && (context?.test(around) ?? true),
  );
  return [...new Set([...needed.flatMap(([, , faces]) => faces), face, 'Inter' as const])];
}
