/** Rows of a job as a person names them: by where they stand, or by the numbers that the spreadsheet shows. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import type { JobRowStatus } from '../generated/graphql.ts';

export type RowsOptions = { failed?: boolean; review?: boolean; skipped?: boolean; rows?: number[] };

export type WhichRows = { statuses: JobRowStatus[] } | { rowNumbers: number[] };

/** Longer ranges are no list of rows; ours. */
const MOST_ROWS = 10_000;

/** `3,7,10-20`. */
export function rowNumbers(text: string): number[] {
  const parts = text.split(',').map((part) => /^\s*(\d{1,7})(?:\s*-\s*(\d{1,7}))?\s*$/.exec(part));
  const numbers = parts.flatMap((part) => {
    if (!part) return [0];
    const [first, last] = [Number(part[1]), Number(part[2] ?? part[1])];
    return last < first || last - first >= MOST_ROWS
      ? [0]
      : Array.from({ length: last - first + 1 }, (_all, index) => first + index);
  });
  if (numbers.every((number) => number > 0)) return numbers;
  throw new InvalidArgumentError('Must be numbers of rows as the spreadsheet shows them, as in 3,7,10-20.');
}

/** Adds the options that say which. */
export const takeRows = (command: Command): Command =>
  command
    .option('--failed', 'rows that failed')
    .option('--review', 'rows of which nobody knows what became of a call')
    .option('--skipped', 'rows that were left out')
    .addOption(
      new Option('--rows <numbers>', 'these rows, as in 3,7,10-20')
        .argParser(rowNumbers)
        .conflicts(['failed', 'review', 'skipped']),
    );

/** @throws {CliFailure} `badInput` if none are named. */
export function whichRows({ failed, review, skipped, rows }: RowsOptions): WhichRows {
  if (rows) return { rowNumbers: rows };
  const statuses: JobRowStatus[] = [];
  if (failed) statuses.push('FAILED');
  if (review) statuses.push('NEEDS_REVIEW');
  if (skipped) statuses.push('SKIPPED');
  if (statuses.length > 0) return { statuses };
  throw new CliFailure(EXIT.badInput, 'Say which rows: --failed, --review, --skipped or --rows 3,7.');
}
