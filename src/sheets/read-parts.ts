import { stat } from 'node:fs/promises';
import { readCsv } from './csv/read-csv.ts';
import { readJsonLines } from './json-lines/read-json-lines.ts';
import { findFormat } from './kind.ts';
import { LIMITS } from './limits.ts';
import { refused } from './problem.ts';
import type { ReadSheetOptions, SheetPart } from './sheet.ts';
import { readXlsx } from './xlsx/read-xlsx.ts';

const READERS = { CSV: readCsv, JSON_LINES: readJsonLines, XLSX: readXlsx };

/**
 * Reads a file in this process: call it where it may die, as the child of `readSheet`.
 *
 * @throws {SheetRefused} whatever makes the file as a whole no table.
 */
export async function* readParts(file: string, options: ReadSheetOptions): AsyncGenerator<SheetPart> {
  const { size } = await stat(file);
  if (size > LIMITS.fileBytes)
    throw refused('FILE_TOO_LARGE', `It has ${size} bytes; at most ${LIMITS.fileBytes} are read.`);
  yield* READERS[await findFormat(file)](file, options);
}
