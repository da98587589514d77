/** CR LF, LF, CR, and Unicode's NEL, LS and PS (UAX #14). */
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/;

/** The lines of a text, without their ends. */
export const linesOf = (text: string): string[] => text.split(LINE_END);

/** Blanks that are one; the one that does not break a line, before French marks, stays. */
const BLANKS = /[\t\f\v \u200b\ufeff]+/g;

/** A text's lines without blanks around them, none blank. */
export const tidyText = (text: string): string =>
  linesOf(text)
    .map((line) => line.replaceAll(BLANKS, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
