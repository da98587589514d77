/** What a preview tells a person: what fills what, what is wrong, what it will cost, and what to type next. */
import type { JobLookFragment } from '../generated/graphql.ts';
import { oneLine } from '../output/text-width.ts';
import { estimateWords, number, rows } from './job-words.ts';
import type { BadRow, DuplicateRow } from './marked-rows.ts';

/** More rows of a kind are counted, not told. */
export const MOST_TOLD = 20;

export type Marked = {
  bad: readonly BadRow[];
  duplicates: readonly DuplicateRow[];
  /** Whether those are to start, too. */
  withDuplicates: boolean;
};

/** All of it, in lines. */
export function* describePreview(job: JobLookFragment, marked: Marked): Generator<string> {
  const { name, totalRows, invalidRows, duplicateRows, id, digest } = job;
  const parts = [
    rows(totalRows),
    invalidRows > 0 && `${number(invalidRows)} cannot start`,
    duplicateRows > 0 && `${number(duplicateRows)} ask for what another row asks for`,
  ];
  yield `${oneLine(name)}: ${parts.filter(Boolean).join(', ')}`;
  yield `Columns: ${job.columns.map(oneLine).join(', ')}`;
  yield* describeFilling(job);
  yield* describeBad(marked.bad, invalidRows);
  yield* describeDuplicates(job, marked);
  yield estimateWords(job);
  yield `${id}  digest ${digest}`;
}

/** Rows that start, with those that ask for what another asks for or without. */
export const startable = (
  { pendingRows, invalidRows, duplicateRows }: JobLookFragment,
  withDuplicates = false,
): number => Math.max(0, pendingRows - invalidRows - (withDuplicates ? 0 : duplicateRows));

/** What is to be typed next: how the job starts, with what its rows need, or that there is nothing to start. */
export function nextCommand(job: JobLookFragment): string {
  const { id, invalidRows } = job;
  const [alone, all] = [startable(job), startable(job, true)];
  if (all === 0) return 'No row can start; mend the sheet, and look at it again.';
  const options = [invalidRows > 0 && ' --only-valid', alone === 0 && ' --with-duplicates'];
  return `Start it: vidpipe batch start ${id}${options.filter(Boolean).join('')}`;
}

function* describeFilling({ mapping, defaults }: JobLookFragment): Generator<string> {
  const filled = Object.entries(mapping as Record<string, string>);
  const fixed = Object.entries(defaults as Record<string, unknown>);
  const width = Math.max(0, ...[...filled, ...fixed].map(([input]) => input.length));
  for (const [input, from] of filled) yield `  ${input.padEnd(width)}  ${oneLine(from)}`;
  for (const [input, value] of fixed) {
    const where = filled.some(([name]) => name === input) ? 'where its cell is empty' : 'in every row';
    yield `  ${input.padEnd(width)}  ${oneLine(String(value))} ${where}`;
  }
}

function* describeBad(bad: readonly BadRow[], all: number): Generator<string> {
  if (all === 0) return;
  yield 'Cannot start:';
  for (const { rowNumber, problems } of bad)
    for (const { column, input, value, reason } of problems) {
      const place = column ?? input;
      const parts = [`row ${rowNumber}`, place && oneLine(place), value && `"${oneLine(value)}"`];
      yield `  ${parts.filter(Boolean).join(', ')}: ${oneLine(reason)}`;
    }
  yield* describeMore(all - bad.length);
}

function* describeDuplicates(
  { id, duplicateRows: all }: JobLookFragment,
  { duplicates, withDuplicates }: Marked,
): Generator<string> {
  if (all === 0) return;
  yield withDuplicates
    ? 'Started although another row asks for the same (the estimate leaves them out):'
    : 'Left out, for another row asks for the same (--with-duplicates starts them):';
  for (const { rowNumber, duplicateOf } of duplicates) {
    const elsewhere = duplicateOf && duplicateOf.jobId !== id ? ` of ${duplicateOf.jobId}` : '';
    yield `  row ${rowNumber}, as row ${duplicateOf?.rowNumber}${elsewhere}`;
  }
  yield* describeMore(all - duplicates.length);
}

function* describeMore(count: number): Generator<string> {
  if (count > 0) yield `  … and ${number(count)} more; --json tells all of them`;
}
