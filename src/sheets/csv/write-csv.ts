import { inChunks } from '../in-chunks.ts';
import { guarded } from './formula-guard.ts';
import type { CellValue } from '../cell-value.ts';
import { textOf } from '../cell-value.ts';

/** What Excel needs to read UTF-8. */
const MARK = '\ufeff';
const ROW_END = '\r\n';
/** What parts cells in some country; blanks that are easily lost; what would look like another kind of file at its beginning. */
const NEEDS_QUOTES = /["\r\n,;\t|]|^[\s{[<]|\s$/;

/**
 * Rows as CSV (RFC 4180, UTF-8 with a mark), in chunks as they are taken. Text that a spreadsheet would take for a formula
 * gets a quote in front, which `readSheet` takes off again; numbers, also those that are text, stay as they are.
 */
export async function* writeCsv(
  columns: readonly string[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<Buffer> {
  yield* inChunks(lines(columns, rows));
}

async function* lines(
  columns: readonly string[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<string> {
  yield MARK + lineOf(columns);
  for await (const row of rows) yield lineOf(row);
}

function lineOf(row: readonly CellValue[]): string {
  const line = row.map(cellOf).join(',');
  // A blank line would be no row.
  return (line === '' ? '""' : line) + ROW_END;
}

function cellOf(value: CellValue): string {
  const text = typeof value === 'number' ? textOf(value) : guarded(textOf(value).toWellFormed());
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
