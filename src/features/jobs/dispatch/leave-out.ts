/** Leaving out rows that do not start: a thousand in a transaction, however many there are. */
import { type Job, Prisma } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { PAST_ALL_ROWS, ROWS_AT_ONCE, rowStates } from '../job-states.ts';

/** Rows that something is wrong with. */
export const INVALID = { NOT: { problems: { equals: [] } } };

const DUPLICATE = { NOT: { duplicateOf: { equals: Prisma.DbNull } } };

const CANCELLED = { message: 'the job was cancelled.' };
const cancelled = () => ({ completedAt: new Date(), errorMessage: 'The job was cancelled.' });

/** Whether rows of a job that is at work have not been looked at yet. */
export const hasUnseenRows = ({ status, leftOutTo }: Job): boolean =>
  status === 'RUNNING' && leftOutTo < PAST_ALL_ROWS;

/**
 * Leaves out what does not start of the next rows of a job, within `tx`; the caller holds the job. Those that cannot start
 * count as failed, duplicates as left out. Each row is looked at once, so that one that is retried is not left out again.
 */
export async function leaveOutNext(tx: Tx, actor: Actor, job: Job): Promise<Job> {
  const { id: jobId, leftOutTo: from, withDuplicates } = job;
  const [last] = await tx.jobRow.findMany({
    where: { jobId, rowNumber: { gt: from } },
    orderBy: { rowNumber: 'asc' },
    skip: ROWS_AT_ONCE - 1,
    take: 1,
    select: { rowNumber: true },
  });
  const to = last?.rowNumber ?? PAST_ALL_ROWS;
  const where = { jobId, rowNumber: { gt: from, lte: to } };
  const completedAt = new Date();
  await rowStates.moveAll(
    tx,
    actor,
    { ...where, ...INVALID },
    { from: 'PENDING', to: 'FAILED' },
    { message: 'it cannot start as it is.' },
    {
      completedAt,
      errorCode: 'INVALID_INPUT',
      errorMessage: 'It cannot start as it is; its problems say why.',
    },
  );
  if (!withDuplicates)
    await rowStates.moveAll(
      tx,
      actor,
      { ...where, ...DUPLICATE },
      { from: 'PENDING', to: 'SKIPPED' },
      { message: 'left out; an earlier row asks for the same.' },
      { completedAt, errorMessage: 'An earlier row asks for the same.' },
    );
  return tx.job.update({ where: { id: jobId }, data: { leftOutTo: to } });
}

/** Leaves out the rows of a cancelled job whose runs were cancelled, within `tx`; the caller holds the job. */
export const leaveOutStarted = (tx: Tx, actor: Actor, jobId: string): Promise<number> =>
  rowStates.moveAll(tx, actor, { jobId }, { from: 'PROCESSING', to: 'SKIPPED' }, CANCELLED, cancelled());

/** Leaves out the next rows of a cancelled job that have not started, within `tx`; the caller holds the job. */
export async function leaveOutCancelled(tx: Tx, actor: Actor, jobId: string): Promise<number> {
  const rows = await tx.jobRow.findMany({
    where: { jobId, status: 'PENDING' },
    orderBy: { rowNumber: 'asc' },
    take: ROWS_AT_ONCE,
    select: { id: true },
  });
  return rowStates.moveAll(
    tx,
    actor,
    { id: { in: rows.map(({ id }) => id) } },
    { from: 'PENDING', to: 'SKIPPED' },
    CANCELLED,
    cancelled(),
  );
}
