import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { CellValue } from '../cell-value.ts';
import { inChunks } from '../in-chunks.ts';
import { FIXED_PARTS, SHEET_PART } from './workbook-parts.ts';
import { sheetXml } from './write-cells.ts';

/** All files of equal rows are equal. */
const MADE_AT = new Date(Date.UTC(2020, 0, 1));

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
  for (const [name, xml] of FIXED_PARTS) zip.addBuffer(Buffer.from(xml), name, { mtime: MADE_AT });
  const sheet = Readable.from(inChunks(sheetXml(columns, rows)), { objectMode: false });
  sheet.once('error', (error) => output.destroy(error));
  zip.addReadStream(sheet, SHEET_PART, { mtime: MADE_AT, compressionLevel: COMPRESSION_LEVEL });
  zip.end();
  try {
    for await (const chunk of output) yield chunk as Buffer;
  } finally {
    sheet.destroy();
  }
}
