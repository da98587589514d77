import { serveChildJob } from '../../media/child/main.ts';
import { SheetRefused } from '../problem.ts';
import { readParts } from '../read-parts.ts';
import type { SheetPart, SheetRow } from '../sheet.ts';
import { LINE_UNITS, type ReadSheetJob, type SheetLine } from './protocol.ts';

serveChildJob(async ({ file, options }: ReadSheetJob) => {
  try {
    for await (const part of readParts(file, options)) for (const line of inLines(part)) await write(line);
    await write({ end: true });
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    await write({ refused: error.problem });
  }
});

/** Waits until it is on its way: what is not read is not kept in memory, and what is written last is not lost with the process. */
const write = (line: SheetLine): Promise<void> =>
  new Promise((resolve) => void process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()));

const inLines = (part: SheetPart): Iterable<SheetPart> => ('head' in part ? [part] : inBatches(part.rows));

function* inBatches(given: readonly SheetRow[]): Generator<SheetPart> {
  let rows: SheetRow[] = [];
  let units = 0;
  for (const row of given) {
    rows.push(row);
    units += row.cells.reduce((all, cell) => all + cell.length, 0);
    if (units < LINE_UNITS) continue;
    yield { rows };
    [rows, units] = [[], 0];
  }
  if (rows.length > 0) yield { rows };
}
