/** How text stands on a terminal: columns, not characters. */

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFE0F\u3000-\u303F\uFF01-\uFF60]/u;
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Controls, and marks that turn the direction of what follows them. */
const UNSAFE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu;

/** The text without line breaks, escape sequences and changes of direction. */
export const oneLine = (text: string): string => text.replaceAll(UNSAFE, ' ').trim();

function columnsOf(grapheme: string): number {
  if (ZERO.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** The beginning of one line of text that fits `columns`, with an ellipsis if something was cut off. */
export function fit(text: string, columns: number): string {
  const graphemes = Array.from(SEGMENTER.segment(text.replaceAll(UNSAFE, ' ')), ({ segment }) => segment);
  const width = graphemes.reduce((sum, grapheme) => sum + columnsOf(grapheme), 0);
  if (width <= columns) return graphemes.join('');
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes) {
    used += columnsOf(grapheme);
    if (used > columns - 1) break;
    kept += grapheme;
  }
  return columns > 0 ? `${kept}…` : '';
}
