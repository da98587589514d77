import { storableIssue } from '../core/storable.ts';
import { LIMITS } from './limits.ts';
import { refused, SheetRefused } from './problem.ts';
import type { RawRow } from './sheet.ts';

/**
 * The names of the columns of a header. One without a name, between others, gets that of its letter in a spreadsheet.
 *
 * @throws {SheetRefused} TOO_MANY_COLUMNS, as `namedColumns`, and what is wrong with its row.
 */
export function columnsOf({ rowNumber: row, cells, problems: [problem] }: RawRow): string[] {
  if (problem) throw new SheetRefused(problem);
  const names = cells.map((cell) => cell.normalize('NFC').trim());
  const width = names.findLastIndex((name) => name !== '') + 1;
  if (width > LIMITS.columns) throw tooManyColumns(row);
  return namedColumns(names.slice(0, width), row);
}

/** @throws {SheetRefused} TOO_MANY_COLUMNS. */
export const tooManyColumns = (row: number): SheetRefused =>
  refused('TOO_MANY_COLUMNS', `There are more than ${LIMITS.columns} columns.`, {
    row,
    column: LIMITS.columns + 1,
  });

/**
 * The names of columns. Who names one means one of them: capitals make no difference.
 *
 * @param row where the last of them stands.
 * @throws {SheetRefused} HEADER_TWICE, CELL_TOO_LARGE, CHARACTER_DAMAGED.
 */
export function namedColumns(names: readonly string[], row: number): string[] {
  const columns = names.map((name, index) => name || `Column ${lettersOf(index)}`);
  const seen = new Map<string, number>();
  for (const [index, value] of columns.entries()) {
    const place = { row, column: index + 1, value };
    const first = seen.get(value.toLowerCase());
    if (first !== undefined) throw twice(first, place);
    seen.set(value.toLowerCase(), index + 1);
    if (value.length > LIMITS.cellUnits)
      throw refused('CELL_TOO_LARGE', 'The name of a column has more text than a cell may have.', place);
    const issue = storableIssue(value);
    if (issue !== null) throw refused('CHARACTER_DAMAGED', issue, place);
  }
  return columns;
}

const twice = (first: number, place: { row: number; column: number; value: string }) =>
  refused(
    'HEADER_TWICE',
    `Columns ${first} and ${place.column} have the same name; give one of them another.`,
    place,
  );

/** As spreadsheets name columns: A to Z, AA ... of an index from 0. */
export function lettersOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : lettersOf(rest - 1)) + String.fromCharCode(65 + (index % 26));
}
