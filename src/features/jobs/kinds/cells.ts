/** Cells as people and spreadsheets write them, read as what an input takes. Each throws what it must be instead. */

/** As it stands. */
export const text = (cell: string): string => cell;

/** `8`, `8.0`, `8,0`, `1 000`. */
export function wholeNumber(cell: string): number {
  const digits = /^([+-]?\d+)(?:[.,]0+)?$/.exec(cell.replaceAll(/[\s\u00a0\u202f]/g, ''))?.[1];
  if (digits === undefined) throw new Error('Must be a whole number, as in 8.');
  return Number(digits);
}

/** `8`, `8 s`, `0:08`, `00:01:30`. */
export function wholeSeconds(cell: string): number {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(cell.trim());
  if (clock) return Number(clock[1] ?? 0) * 3_600 + Number(clock[2]) * 60 + Number(clock[3]);
  return wholeNumber(cell.replace(/\s*(s|sec|secs|seconds)\.?\s*$/i, ''));
}

/** `0.5`, `0,5`. */
export function number(cell: string): number {
  const digits = cell.trim().replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits)) throw new Error('Must be a number, as in 0.5.');
  return Number(digits);
}

const WORDS = new Map([
  ...['true', 'yes', 'y', '1', 'on', 'x', 'wahr', 'ja', 'vrai', 'oui'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', 'off', 'falsch', 'nein', 'faux', 'non'].map((word) => [word, false] as const),
]);

/** `yes`, `no`, and what spreadsheets write for TRUE and FALSE. */
export function yesOrNo(cell: string): boolean {
  const value = WORDS.get(cell.trim().toLowerCase());
  if (value === undefined) throw new Error('Must be yes or no.');
  return value;
}

/** A word, in small letters or not. */
export const wordOf =
  (words: readonly string[]) =>
  (cell: string): string => {
    const word = cell
      .trim()
      .toUpperCase()
      .replaceAll(/[\s-]+/g, '_');
    if (!words.includes(word)) throw new Error(`Must be one of ${words.join(', ')}.`);
    return word;
  };

/** `16:9`; spreadsheets take that for a time, and make `16:09` of it, or `16:09:00`. */
export function aspectRatio(cell: string): string {
  const sides = /^(\d{1,2})\s*[:x/]\s*0?(\d{1,2})(?::00)?$/i.exec(cell.trim());
  return sides ? `${Number(sides[1])}:${Number(sides[2])}` : cell.trim();
}
