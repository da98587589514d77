import { decodedFile, fileEncoding } from '../text/file-text.ts';
import type { RawRow, ReadSheetOptions, SheetPart } from '../sheet.ts';
import { toTable } from '../table.ts';
import { DELIMITER_SAMPLE_UNITS, findDelimiter } from './delimiter.ts';
import { unguarded } from './formula-guard.ts';
import { readRecords } from './records.ts';

/**
 * Reads rows that a delimiter parts (RFC 4180), with any line ends. The guard of formulas that `writeCsv` puts on is taken off.
 *
 * @throws {SheetRefused} ENCODING_UNKNOWN, QUOTE_NOT_CLOSED, and as `toTable`.
 */
export async function* readCsv(file: string, options: ReadSheetOptions): AsyncGenerator<SheetPart> {
  const encoding = await fileEncoding(file, options.encoding);
  const texts = decodedFile(file, encoding.label);
  const sample = await takeSample(texts);
  const found = findDelimiter(sample);
  const delimiter = options.delimiter ?? found.delimiter;
  const rows = readRecords(followedBy(sample.slice(found.skip), texts), delimiter);
  yield* toTable(withoutGuards(rows), {
    about: { format: 'CSV', encoding: encoding.label, delimiter, sheet: null, sheets: [] },
    endsEarly: false,
    isDamaged: encoding.isDamaged,
  });
}

async function takeSample(texts: AsyncGenerator<string>): Promise<string> {
  let sample = '';
  while (sample.length < DELIMITER_SAMPLE_UNITS) {
    const { value, done } = await texts.next();
    if (done) break;
    sample += value;
  }
  return sample;
}

async function* followedBy(first: string, others: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* others;
}

async function* withoutGuards(batches: AsyncIterable<RawRow[]>): AsyncGenerator<RawRow[]> {
  for await (const batch of batches) {
    for (const row of batch) row.cells = row.cells.map(unguarded);
    yield batch;
  }
}
