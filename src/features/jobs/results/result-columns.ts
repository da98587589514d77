/** What stands in a job's results behind the columns of its sheet. */
import { encodeGlobalId } from '../../../core/ids.ts';
import type { CellValue } from '../../../sheets/cell-value.ts';
import type { RowProblem } from '../preview/read-row.ts';
import type { RowResult } from './rows-page.sql.ts';

export type Telling = {
  /** Where a stored file is served. */
  addressOf: (storageKey: string) => string;
  /** What the row's film is called in the archive of films. */
  file: string;
};

type Column = { name: string; valueOf: (row: RowResult, telling: Telling) => CellValue };

const MICRO_USD_PER_USD = 1_000_000;
/** More of a row's problems are not told. */
const MOST_PROBLEMS = 10;

/** None is called as an input of a job is, or as what is taken for one: results can be the sheet of another job. */
const COLUMNS: readonly Column[] = [
  { name: 'row', valueOf: ({ rowNumber }) => rowNumber },
  { name: 'status', valueOf: ({ status }) => status },
  { name: 'gaps', valueOf: ({ hasGaps }) => hasGaps },
  { name: 'film', valueOf: ({ film }, told) => film && linkTo(film.publishedUrl, film.filePath, told) },
  { name: 'poster', valueOf: ({ film }, told) => film && linkTo(null, film.posterPath, told) },
  { name: 'file', valueOf: ({ film }, { file }) => film && file },
  { name: 'durationSeconds', valueOf: ({ film }) => film && film.durationSeconds },
  { name: 'costUsd', valueOf: ({ costMicroUsd }) => Number(costMicroUsd) / MICRO_USD_PER_USD },
  { name: 'errorCode', valueOf: ({ errorCode }) => errorCode },
  { name: 'errorMessage', valueOf: reasonOf },
  { name: 'project', valueOf: ({ projectId }) => projectId && encodeGlobalId('Project', projectId) },
];

/**
 * The names of all columns: those of the sheet, then ours. One of ours whose name the sheet has gets another.
 *
 * @param own of the sheet, each once.
 */
export function resultColumns(own: readonly string[]): string[] {
  const taken = new Set(own.map((name) => name.toLowerCase()));
  return [...own, ...COLUMNS.map(({ name }) => freeName(name, taken))];
}

/** A row's cells in the order of {@link resultColumns}: its own as they stand in the sheet. */
export const resultCells = (
  own: readonly string[],
  row: RowResult,
  telling: Telling,
): readonly CellValue[] => [
  ...own.map((_name, index) => row.cells[index] ?? ''),
  ...COLUMNS.map(({ valueOf }) => valueOf(row, telling)),
];

/** `status`, `vidpipe status`, `vidpipe status 2`. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name;
  for (let number = 1; ; number += 1) {
    const other = number === 1 ? `vidpipe ${name}` : `vidpipe ${name} ${number}`;
    if (!taken.has(other.toLowerCase())) return other;
  }
}

function linkTo(publicUrl: string | null, storageKey: string | null, { addressOf }: Telling): CellValue {
  const url = publicUrl ?? (storageKey === null ? null : addressOf(storageKey));
  return url === null ? null : { url, text: url };
}

/** "Its problems say why" helps only with them. */
function reasonOf({ errorMessage, status, problems }: RowResult): string | null {
  if (status !== 'FAILED' || problems.length === 0) return errorMessage;
  const told = problems.slice(0, MOST_PROBLEMS).map(textOfProblem);
  return [...(errorMessage === null ? [] : [errorMessage]), ...told].join(' ');
}

const textOfProblem = ({ column, input, reason }: RowProblem): string => {
  const place = column ?? input;
  return place === null ? reason : `${place}: ${reason}`;
};
