/** How much text fits into a line of a caption. */

/** Letters of an alphabet a line holds, as broadcasters have it; of Chinese, Japanese and Korean signs, fifteen. */
export const LINE_WIDTH = 42;
export const LINES = 2;
const WIDTH_OF_SIGN = 2.75;

const SIGNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\u{1f300}-\u{1faff}]/gu;
const MARKS = /[\p{M}\p{Cf}]/gu;

/** A text's width in letters of an alphabet. Marks above and below letters have none. */
export function widthOf(text: string): number {
  const signs = text.match(SIGNS)?.length ?? 0;
  return Array.from(text.replaceAll(MARKS, '')).length + signs * (WIDTH_OF_SIGN - 1);
}
