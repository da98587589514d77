import type { Encoding } from '../../text/encoding.ts';
import { LIMITS } from '../limits.ts';
import { problemAt, type SheetProblem } from '../problem.ts';
import type { RawRow, ReadSheetOptions, SheetPart } from '../sheet.ts';
import { namedColumns, tooManyColumns } from '../table-header.ts';
import { toTable } from '../table.ts';
import { decodedFile, fileEncoding } from '../text/file-text.ts';
import { type Line, linesOf } from './lines.ts';
import { parseObject } from './parse-object.ts';

/**
 * Reads JSON Lines twice: the columns are the keys of all objects, in the order in which they first come (of one
 * object, those that are whole numbers before the others).
 *
 * @throws {SheetRefused} ENCODING_UNKNOWN, and as `toTable`.
 */
export async function* readJsonLines(file: string, options: ReadSheetOptions): AsyncGenerator<SheetPart> {
  const encoding = await fileEncoding(file, options.encoding);
  const columns = await keysOf(file, encoding);
  yield* toTable(rowsOf(file, encoding, columns), {
    about: { format: 'JSON_LINES', encoding: encoding.label, delimiter: null, sheet: null, sheets: [] },
    columns: namedColumns([...columns.keys()], 1),
    endsEarly: true,
    isDamaged: encoding.isDamaged,
  });
}

/** Each key with its index. */
async function keysOf(file: string, encoding: Encoding): Promise<Map<string, number>> {
  const columns = new Map<string, number>();
  for await (const lines of linesOf(decodedFile(file, encoding.label)))
    for (const line of lines) {
      const before = columns.size;
      for (const [key] of parsed(line).entries) if (!columns.has(key)) columns.set(key, columns.size);
      if (columns.size > LIMITS.columns) throw tooManyColumns(line.number);
      if (columns.size > before) namedColumns([...columns.keys()], line.number);
    }
  return columns;
}

async function* rowsOf(
  file: string,
  encoding: Encoding,
  columns: ReadonlyMap<string, number>,
): AsyncGenerator<RawRow[]> {
  for await (const lines of linesOf(decodedFile(file, encoding.label)))
    yield lines.map((line) => rowOf(line, columns));
}

function rowOf(line: Line, columns: ReadonlyMap<string, number>): RawRow {
  const { entries, problem } = parsed(line);
  const cells: string[] = [];
  if (entries.length > 0) cells.push(...Array.from(columns, () => ''));
  for (const [key, value] of entries) cells[columns.get(key)!] = value;
  return { rowNumber: line.number, cells, problems: problem ? [problem] : [], isWritten: entries.length > 0 };
}

type Parsed = { entries: [key: string, value: string][]; problem?: SheetProblem };

function parsed({ number: row, text, isCut }: Line): Parsed {
  if (text.trim() === '') return { entries: [] };
  const place = { row, value: text };
  if (isCut)
    return {
      entries: [],
      problem: problemAt('ROW_TOO_LARGE', 'The line has more text than a row may have.', place),
    };
  const result = parseObject(text);
  if ('entries' in result) return result;
  const { code, reason } = result;
  return { entries: [], problem: problemAt(code, reason, place) };
}
