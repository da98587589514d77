import type { TimedWord } from './timed-words.ts';

/** Scripts that put no spaces between words. Hangul does. */
const SPACELESS = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uff60]`;
const ENDS_SPACELESS = new RegExp(String.raw`${SPACELESS}\p{M}*$`, 'u');
const BEGINS_SPACELESS = new RegExp(`^${SPACELESS}`, 'u');
const HAS_SPACELESS = new RegExp(SPACELESS, 'u');
/** UTF-16 units of a text's end that are looked at: a letter and its marks. */
const LOOKED_AT = 8;
/** Marks that lean on the word before them. */
const LEANING = /^[,.;:!?…،؛؟।%)\]}’”]+(?:\s|$)/u;

/** Whether a text has letters of a script that puts no spaces between words. */
export const isSpaceless = (text: string): boolean => HAS_SPACELESS.test(text);

/** Whether two texts are written without a space between them. */
export const joinsWithoutSpace = (before: string, after: string): boolean =>
  ENDS_SPACELESS.test(before.slice(-LOOKED_AT)) || BEGINS_SPACELESS.test(after) || LEANING.test(after);

/** What stands between a word and the next. */
export const spaceBetween = (
  before: Pick<TimedWord, 'word' | 'isSpaced'>,
  after: { word: string },
): '' | ' ' => (before.isSpaced || !joinsWithoutSpace(before.word, after.word) ? ' ' : '');

/** Words as a text: with spaces where their scripts have some. */
export function joined(words: readonly Pick<TimedWord, 'word' | 'isSpaced'>[]): string {
  let text = '';
  for (const [index, word] of words.entries())
    text += index === 0 ? word.word : spaceBetween(words[index - 1]!, word) + word.word;
  return text;
}
