import { LIMITS } from './limits.ts';
import { refused, SheetRefused } from './problem.ts';
import type { RawRow } from './sheet.ts';

/**
 * The names of the columns. One without a name, between others, gets that of its letter in a spreadsheet.
 *
 * @throws {SheetRefused} HEADER_TWICE, TOO_MANY_COLUMNS, CELL_TOO_LARGE; and what else is wrong with its row.
 */
export function columnsOf({ rowNumber: row, cells, problems: [problem] }: RawRow): string[] {
  if (problem) throw new SheetRefused(problem);
  const names = cells.map((cell) => cell.normalize('NFC').trim());
  const width = names.findLastIndex((name) => name !== '') + 1;
  if (width > LIMITS.columns) throw tooManyColumns(row);
  const columns = names.slice(0, width).map((name, index) => name || `Column ${lettersOf(index)}`);
  refuseTwice(columns, row);
  return columns;
}

/** @throws {SheetRefused} TOO_MANY_COLUMNS. */
export const tooManyColumns = (row: number): SheetRefused =>
  refused('TOO_MANY_COLUMNS', `There are more than ${LIMITS.columns} columns.`, {
    row,
    column: LIMITS.columns + 1,
  });

/**
 * Who names a column means one of them: capitals make no difference.
 *
 * @throws {SheetRefused} HEADER_TWICE.
 */
export function refuseTwice(columns: readonly string[], row: number): void {
  const seen = new Map<string, number>();
  for (const [index, name] of columns.entries()) {
    const first = seen.get(name.toLowerCase());
    if (first !== undefined) throw twice(name, row, first, index + 1);
    seen.set(name.toLowerCase(), index + 1);
    if (name.length > LIMITS.cellUnits)
      throw refused('CELL_TOO_LARGE', 'The name of a column has more text than a cell may have.', {
        row,
        column: index + 1,
        value: name,
      });
  }
}

const twice = (value: string, row: number, first: number, column: number) =>
  refused('HEADER_TWICE', `Columns ${first} and ${column} have the same name; give one of them another.`, {
    row,
    column,
    value,
  });

/** As spreadsheets name columns: A to Z, AA ... of an index from 0. */
export function lettersOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : lettersOf(rest - 1)) + String.fromCharCode(65 + (index % 26));
}
