import { type CellValue, textOf } from '../cell-value.ts';
import { inChunks } from '../in-chunks.ts';

/** Rows as JSON Lines, an object with each column a row, in chunks as they are taken. Times and links are text. */
export async function* writeJsonLines(
  columns: readonly string[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<Buffer> {
  yield* inChunks(lines(columns, rows));
}

async function* lines(
  columns: readonly string[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<string> {
  for await (const row of rows) {
    // Not an object: keys that are numbers would come first.
    const entries = columns.map((column, index) => `${JSON.stringify(column)}:${jsonOf(row[index] ?? null)}`);
    yield `{${entries.join(',')}}\n`;
  }
}

const jsonOf = (value: CellValue): string =>
  JSON.stringify(typeof value === 'object' && value !== null ? textOf(value) : value);
