/** Rows of a job as a person names them. */
import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { Job, JobRow, JobRowStatus } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { ROWS_AT_ONCE } from '../job-states.ts';

/** By where they stand, or by their numbers as the spreadsheet shows them. */
export type WhichRows = { statuses: readonly JobRowStatus[] } | { rowNumbers: readonly number[] };

/** The next rows of a job, by their numbers, that stand in one of `statuses`; the caller holds the job. */
export const findStanding = (
  tx: Tx,
  jobId: string,
  statuses: readonly JobRowStatus[],
  after: number,
): Promise<JobRow[]> =>
  tx.jobRow.findMany({
    where: { jobId, status: { in: [...statuses] }, rowNumber: { gt: after } },
    orderBy: { rowNumber: 'asc' },
    take: ROWS_AT_ONCE,
  });

/** Of a list of the API; more are better named by where they stand. */
const MOST_NUMBERS = 100;
/** More are not told of. */
const MOST_TOLD = 10;

/**
 * The rows of these numbers, in order. The caller holds the job.
 *
 * @param done as in `cannot be retried`.
 * @throws {InvalidInputError} naming `rowNumbers` for those that there are not.
 * @throws {DomainError} `JOB_STATE`, for named rows that stand elsewhere.
 */
export async function findNamed(
  tx: Tx,
  { id: jobId }: Job,
  rowNumbers: readonly number[],
  allowed: readonly JobRowStatus[],
  done: string,
): Promise<JobRow[]> {
  const numbers = [...new Set(rowNumbers)];
  if (numbers.length === 0 || numbers.length > MOST_NUMBERS)
    throw new InvalidInputError([
      { path: ['rowNumbers'], message: `Must be 1 to ${MOST_NUMBERS} numbers of rows.` },
    ]);
  const rows = await tx.jobRow.findMany({
    where: { jobId, rowNumber: { in: numbers } },
    orderBy: { rowNumber: 'asc' },
  });
  const found = new Set(rows.map(({ rowNumber }) => rowNumber));
  const absent = numbers.filter((number) => !found.has(number));
  if (absent.length > 0)
    throw new InvalidInputError([{ path: ['rowNumbers'], message: `There is no row ${told(absent)}.` }]);
  const elsewhere = rows.filter(({ status }) => !allowed.includes(status));
  if (elsewhere.length === 0) return rows;
  const where = elsewhere.map(({ rowNumber, status }) => `${rowNumber} (${status})`);
  const message = `Only rows that are ${allowed.join(', ')} can be ${done}; not ${told(where)}.`;
  throw new DomainError('JOB_STATE', message, { path: ['rowNumbers'] });
}

const told = (what: readonly (string | number)[]) =>
  what.slice(0, MOST_TOLD).join(', ') + (what.length > MOST_TOLD ? ', …' : '');
