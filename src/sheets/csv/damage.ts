/** What is wrong with rows that cannot be parted into cells. */
import { LIMITS } from '../limits.ts';
import { LONGEST_VALUE, problemAt, type SheetProblem } from '../problem.ts';
import type { RowScan } from './scan.ts';

/** Bytes that have all characters of a value that is shown: one has at most four. */
export const VALUE_BYTES = 4 * LONGEST_VALUE;

type Place = { row: number; column: number; value: string };

/** QUOTE_NOT_CLOSED. */
export const notClosed = (place: Place) =>
  problemAt('QUOTE_NOT_CLOSED', 'The quote that opens this cell is not closed.', place);

/** QUOTE_MISPLACED. */
export const misplaced = (place: Place) =>
  problemAt(
    'QUOTE_MISPLACED',
    'A quote stands where none may; put the whole cell in quotes, and double those within.',
    place,
  );

/** CELL_TOO_LARGE of the longest cell, or ROW_TOO_LARGE of a row whose beginning is held. */
export function tooLarge(row: number, longest: RowScan['longest'], held: Buffer): SheetProblem {
  const value = held.subarray(longest.start, longest.start + VALUE_BYTES).toString();
  if (longest.bytes > LIMITS.cellUnits)
    return problemAt('CELL_TOO_LARGE', `The cell has more than ${LIMITS.cellUnits} bytes.`, {
      row,
      column: longest.column,
      value,
    });
  return problemAt('ROW_TOO_LARGE', 'The row has more text than a row may have.', { row, value });
}
