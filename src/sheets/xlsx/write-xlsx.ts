import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { CellValue } from '../cell-value.ts';
import { inChunks } from '../in-chunks.ts';
import { FIXED_PARTS, SHEET_PART } from './workbook-parts.ts';
import { sheetXml } from './write-cells.ts';

/** Files of equal rows are equal, wherever they are written: archives tell a time of the place where they are made. */
const MADE = { mtime: new Date(2020, 0, 1), forceDosTimestamp: true };

/** Fast: the sheet is a third larger than with the usual one. */
const COMPRESSION_LEVEL = 1;

/**
 * Rows as a workbook of one sheet, its header kept in sight, in chunks as they are taken. Text is text, never a formula;
 * what XML cannot hold is left out of it, and what is longer than a cell of a spreadsheet is cut.
 *
 * @throws {RangeError} at more rows than a sheet has; the error of `rows`.
 */
export async function* writeXlsx(
  columns: readonly string[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  for (const [name, xml] of FIXED_PARTS) zip.addBuffer(Buffer.from(xml), name, MADE);
  const sheet = Readable.from(inChunks(sheetXml(columns, rows)), { objectMode: false });
  sheet.once('error', (error) => output.destroy(error));
  zip.addReadStream(sheet, SHEET_PART, { ...MADE, compressionLevel: COMPRESSION_LEVEL });
  zip.end();
  try {
    for await (const chunk of output) yield chunk as Buffer;
  } finally {
    sheet.destroy();
  }
}
