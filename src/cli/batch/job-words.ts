/** Where a job and its rows stand, in the words of a person. */
import { stripVTControlCharacters } from 'node:util';
import type { JobCountersFragment, JobFailureFragment, JobLookFragment } from '../generated/graphql.ts';
import { billWords, dollars } from '../output/money.ts';
import { oneLine } from '../output/text-width.ts';
import { clock } from '../output/words.ts';

const MICRO_USD_PER_CENT = 10_000;

export const number = (value: number): string => value.toLocaleString('en');

/** `1 row`, `2,000 rows`. */
export const rows = (count: number): string => `${number(count)} ${count === 1 ? 'row' : 'rows'}`;

/** `likely $1.20 ($1 to $2.50), about 04:00`; `free` where nothing is to be paid. */
export function estimateWords({
  estimate: { low, likely, high },
  expectedSeconds,
}: Pick<JobLookFragment, 'estimate'> & { expectedSeconds: number | null }): string {
  const time = expectedSeconds === null ? '' : `, about ${clock(expectedSeconds)}`;
  if (high === 0) return `free${time}`;
  const range = low === high ? dollars(low) : `${dollars(low)} to ${dollars(high)}`;
  return `likely ${dollars(likely)} (${range})${time}`;
}

/** `$3.20 spent of $5.00`; empty for what was free and has no cap. */
export function spentWords({ cost }: Pick<JobCountersFragment, 'cost'>): string {
  const cap = cost.maxCostCents === null ? '' : `cap ${dollars(cost.maxCostCents * MICRO_USD_PER_CENT)}`;
  return [billWords(cost), cap].filter(Boolean).join(', ');
}

/** Rows that have ended, of a hundred. */
export const percentOf = ({
  processedRows,
  totalRows,
}: Pick<JobCountersFragment, 'processedRows' | 'totalRows'>): number =>
  totalRows === 0 ? 0 : Math.floor((processedRows / totalRows) * 100);

/** `waits: The provider is busy.`; empty for a job whose rows start. */
export const waitWords = ({
  status,
  errorMessage,
}: Pick<JobCountersFragment, 'status' | 'errorMessage'>): string =>
  status === 'RUNNING' && errorMessage !== null
    ? `waits: ${oneLine(stripVTControlCharacters(errorMessage))}`
    : '';

/** `421 of 1,000 rows done, 4 at work, 3 failed`. */
export function counterWords(job: JobCountersFragment): string {
  const parts = [
    `${number(job.processedRows)} of ${rows(job.totalRows)} done`,
    job.processingRows > 0 && `${number(job.processingRows)} at work`,
    job.failedRows > 0 && `${number(job.failedRows)} failed`,
    job.reviewRows > 0 && `${number(job.reviewRows)} to look at`,
    job.partialRows > 0 && `${number(job.partialRows)} with gaps`,
    job.skippedRows > 0 && `${number(job.skippedRows)} left out`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** `row 17  SAFETY_FILTERED  The prompt was refused.`; of a row that cannot start, what is wrong with it first. */
export function failureWords({
  rowNumber,
  status,
  errorCode,
  errorMessage,
  problems,
}: JobFailureFragment): string {
  const [problem, ...others] = problems;
  const more = others.length > 0 ? ` (and ${number(others.length)} more)` : '';
  const why = problem ? `${problem.column ?? 'row'}: ${problem.reason}${more}` : (errorMessage ?? '');
  return `row ${rowNumber}  ${errorCode ?? status}  ${oneLine(stripVTControlCharacters(why))}`.trimEnd();
}
