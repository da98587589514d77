import type { Job, PrismaClient } from '../../../generated/prisma/client.ts';
import type { CellValue } from '../../../sheets/cell-value.ts';
import { writeCsv } from '../../../sheets/csv/write-csv.ts';
import { writeJsonLines } from '../../../sheets/json-lines/write-json-lines.ts';
import { writeXlsx } from '../../../sheets/xlsx/write-xlsx.ts';
import { allRows } from './all-rows.ts';
import type { ResultFormat } from './downloads.ts';
import { filmNamer } from './film-names.ts';
import { resultCells, resultColumns, type Telling } from './result-columns.ts';

const WRITERS = { CSV: writeCsv, XLSX: writeXlsx, JSONL: writeJsonLines };

export type ResultsOptions = Pick<Telling, 'addressOf'> & {
  format: ResultFormat;
  /** Template of its films' names; null for the usual one. */
  names: string | null;
};

/**
 * A job's rows with what came of each, in chunks as they are taken; text that a spreadsheet would run is disarmed where
 * the format needs it.
 *
 * @throws {Error} if the job is deleted meanwhile.
 */
export function writeResults(
  db: Pick<PrismaClient, '$queryRaw'>,
  job: Job,
  { format, names, addressOf }: ResultsOptions,
): AsyncGenerator<Buffer> {
  return WRITERS[format](resultColumns(job.columns), cells());

  async function* cells(): AsyncGenerator<readonly CellValue[]> {
    const nameOf = filmNamer(job.columns, names);
    for await (const row of allRows(db, job))
      yield resultCells(job.columns, row, { addressOf, file: nameOf(row) });
  }
}
