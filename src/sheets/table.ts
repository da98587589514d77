/** Rows into a table: the first with something in it names the columns, and the others are held against it. */
import { storable, storableIssue } from '../core/storable.ts';
import { LIMITS } from './limits.ts';
import { problemAt, refused, type SheetProblem } from './problem.ts';
import type { RawRow, SheetHead, SheetPart, SheetRow } from './sheet.ts';
import { columnsOf } from './table-header.ts';

export type TableOptions = {
  /** Of the file, all but its columns. */
  about: Omit<SheetHead, 'columns'>;
  /** Columns that are known without a header. */
  columns?: string[];
  /** A row that ends early only has nothing in its last cells. */
  endsEarly: boolean;
  /** U+FFFD stands where a character was lost. */
  isDamaged: boolean;
};

/**
 * Blank rows are left out, the cells of a row are as many as there are columns, and each damage becomes a problem of its row.
 *
 * @throws {SheetRefused} FILE_EMPTY, ROWS_MISSING, HEADER_TWICE, TOO_MANY_ROWS, TOO_MANY_COLUMNS, CONTENT_TOO_LARGE; and
 * what is wrong with the header.
 */
export async function* toTable(
  batches: AsyncIterable<RawRow[]>,
  options: TableOptions,
): AsyncGenerator<SheetPart> {
  let table: Table | undefined;
  if (options.columns) {
    table = new Table(options.columns, options);
    yield { head: { ...options.about, columns: options.columns } };
  }
  for await (const batch of batches) {
    const rows: SheetRow[] = [];
    for (const row of batch) {
      refuseFarRow(row);
      if (isBlank(row)) continue;
      if (table) rows.push(table.take(row));
      else {
        const columns = columnsOf(row);
        table = new Table(columns, options);
        yield { head: { ...options.about, columns } };
      }
    }
    if (rows.length > 0) yield { rows };
  }
  if (!table) throw refused('FILE_EMPTY', 'There is nothing in it.');
  if (table.rows === 0) throw refused('ROWS_MISSING', 'There is a header and no row below it.');
}

/** Nobody sees blanks. */
const isBlank = ({ cells, problems, isWritten = false }: RawRow): boolean =>
  !isWritten && problems.length === 0 && cells.every((cell) => cell.trim() === '');

function refuseFarRow({ rowNumber: row }: RawRow): void {
  if (row > LIMITS.rowNumber)
    throw refused('TOO_MANY_ROWS', `There are more than ${LIMITS.rowNumber} rows, blank ones counted.`, {
      row,
    });
}

const sizeOf = (cells: readonly string[]): number => cells.reduce((all, cell) => all + cell.length, 0);

class Table {
  rows = 0;
  #units = 0;
  readonly #width: number;
  readonly #options: TableOptions;

  constructor(columns: readonly string[], options: TableOptions) {
    this.#width = columns.length;
    this.#options = options;
  }

  take({ rowNumber, cells, problems }: RawRow): SheetRow {
    this.rows += 1;
    if (this.rows > LIMITS.rows)
      throw refused('TOO_MANY_ROWS', `There are more than ${LIMITS.rows} rows; make several files of it.`, {
        row: rowNumber,
      });
    // What nobody could part into cells has no number of them.
    const found =
      problems.length > 0 && cells.length === 0
        ? problems
        : [...problems, ...this.#raggedness(rowNumber, cells)];
    const fitted = this.#fitted(cells);
    for (const [index, cell] of fitted.entries()) {
      this.#count(cell, rowNumber);
      const problem = this.#problemOf(cell, rowNumber, index + 1);
      if (problem) found.push(problem);
      if (cell.length > LIMITS.cellUnits) fitted[index] = problem?.value ?? '';
      else if (problem) fitted[index] = storable(cell);
    }
    if (sizeOf(fitted) > LIMITS.rowBytes) {
      found.push(
        problemAt('ROW_TOO_LARGE', 'The row has more text than a row may have.', { row: rowNumber }),
      );
      fitted.fill('');
    }
    return { rowNumber, cells: fitted, problems: found.slice(0, LIMITS.rowProblems) };
  }

  /** Empty cells at the end are none: spreadsheets write as many as their widest row has. */
  #raggedness(row: number, cells: readonly string[]): SheetProblem[] {
    const width = this.#width;
    const last = cells.findLastIndex((cell) => cell !== '');
    if (last >= width) {
      const reason = `There are ${last + 1} cells, and the header has ${width}.`;
      return [problemAt('TOO_MANY_CELLS', reason, { row, column: width + 1, value: cells[width]! })];
    }
    if (this.#options.endsEarly || cells.length >= width) return [];
    const reason = `There are ${cells.length} cells, and the header has ${width}.`;
    return [problemAt('TOO_FEW_CELLS', reason, { row, column: cells.length + 1 })];
  }

  #fitted(cells: string[]): string[] {
    if (cells.length === this.#width) return cells;
    const fitted = cells.slice(0, this.#width);
    while (fitted.length < this.#width) fitted.push('');
    return fitted;
  }

  #count(cell: string, row: number): void {
    this.#units += cell.length;
    if (this.#units > LIMITS.contentUnits)
      throw refused('CONTENT_TOO_LARGE', 'All cells together have more text than is read of a file.', {
        row,
      });
  }

  #problemOf(value: string, row: number, column: number): SheetProblem | null {
    if (value === '') return null;
    const place = { row, column, value };
    if (value.length > LIMITS.cellUnits)
      return problemAt('CELL_TOO_LARGE', `The cell has more than ${LIMITS.cellUnits} characters.`, place);
    const issue = storableIssue(value);
    if (issue !== null) return problemAt('CHARACTER_DAMAGED', issue, place);
    if (!this.#options.isDamaged || !value.includes('\ufffd')) return null;
    return problemAt('CHARACTER_DAMAGED', 'A character is broken; write it anew where � stands.', place);
  }
}
