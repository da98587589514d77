/**
 * Text that a spreadsheet would take for a formula. Only CSV needs the guard: there nothing else tells text from formulas.
 * It is a quote in front, as spreadsheets have it themselves, and reading takes off again exactly what writing put on.
 */

/** Behind blanks and what nobody sees; the last four are the wide forms that East Asian keyboards write. */
// oxlint-disable-next-line no-control-regex -- they are what it is about.
const FORMULA = /^[\s\u0000-\u001f\u200b\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/;

/** Figures with a sign, and what people put between them: `-0.5`, `-1.234,56 %`, `+49 170 1234567`, `1e-5`. Nothing to calculate. */
const NUMBER = /^[+-]?(?=[\d.,])[\d.,' \u00a0\u202f]*(?:e[+-]?\d+)?\s?%?$/i;

const isFormula = (text: string): boolean => FORMULA.test(text) && !NUMBER.test(text);

const QUOTES = /^'*/;

/** Whether it is a formula behind quotes, or one without. */
const isGuardable = (text: string): boolean => isFormula(text.replace(QUOTES, ''));

/** A text that no spreadsheet runs. */
export const guarded = (text: string): string => (isGuardable(text) ? `'${text}` : text);

/** The text that was guarded; any other stays. */
export const unguarded = (cell: string): string =>
  cell.startsWith("'") && isGuardable(cell) ? cell.slice(1) : cell;
