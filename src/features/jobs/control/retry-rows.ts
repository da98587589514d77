import { InvalidInputError } from '../../../core/errors.ts';
import { type Job, type JobRow, type JobRowStatus, Prisma } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { jobStates, NOT_STOPPED, ROWS_AT_ONCE, rowStates } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { requireState } from '../require-state.ts';
import { changedRow, type InputChange } from './change-input.ts';
import { findNamed, findStanding, type WhichRows } from './which-rows.ts';

/** Statuses from which a row can be retried. */
export const RETRYABLE = ['FAILED', 'NEEDS_REVIEW', 'SKIPPED'] as const satisfies JobRowStatus[];

/** What a row forgets that gets another chance. */
const AGAIN = {
  completedAt: null,
  durationSeconds: 0,
  errorCode: null,
  errorMessage: null,
  hasGaps: false,
  // Wanted all the same.
  duplicateOf: Prisma.DbNull,
};

export type Retry = { jobId: string; which: WhichRows; overrides: InputChange | null };

/**
 * Gives rows another chance, in their old order: they go on from what they have, and nothing is paid for twice; with other
 * inputs they start anew. A job that has ended goes on.
 *
 * Rows that are named by where they stand are moved a thousand at a time, each thousand in a transaction of its own: where
 * an input is refused for one of them, or the job is cancelled meanwhile, those before wait again already.
 *
 * @returns the job, and how many rows wait now that did not before: none of those that somebody else retried first.
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE` if it was not confirmed or was cancelled, or naming rows that cannot be
 * retried; `INVALID_INPUT` naming `rowNumbers`, `statuses` or an input of a row.
 */
export async function retryRows(ctx: Ctx, retry: Retry): Promise<Retried> {
  const { which } = retry;
  if ('rowNumbers' in which)
    return moveBack(ctx, retry, async (tx, job) => {
      const rows = await findNamed(tx, job, which.rowNumbers, RETRYABLE, 'retried');
      if (retry.overrides === null) refuseBroken(rows);
      return rows;
    });
  refuseStatuses(which.statuses);
  let [last, count] = [0, 0];
  for (;;) {
    let found = 0;
    const { job, count: moved } = await moveBack(ctx, retry, async (tx) => {
      const rows = await findStanding(tx, retry.jobId, which.statuses, last);
      [last, found] = [rows.at(-1)?.rowNumber ?? last, rows.length];
      return retry.overrides === null ? rows.filter((row) => !isBroken(row)) : rows;
    });
    count += moved;
    if (found < ROWS_AT_ONCE) return { job, count };
  }
}

type Retried = { job: Job; count: number };

/** Lets rows wait again that `find` gives, in one transaction. */
const moveBack = (
  ctx: Ctx,
  { jobId, overrides }: Retry,
  find: (tx: Tx, job: Job) => Promise<JobRow[]>,
): Promise<Retried> =>
  recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['RUNNING', 'PAUSED', 'COMPLETED', 'FAILED'], 'given rows to retry');
    const rows = await find(tx, job);
    if (overrides === null) await moveAsTheyAre(tx, ctx.actor, rows);
    else
      for (const row of rows) {
        const change = changedRow(job, row, overrides, ['overrides']);
        await rowStates.move(tx, ctx.actor, row, 'PENDING', RETRIED, { ...AGAIN, ...change });
      }
    return { job: await goOn(tx, ctx, job, rows.length), count: rows.length };
  });

const RETRIED = { message: 'is retried.' };

async function moveAsTheyAre(tx: Tx, actor: Actor, rows: readonly JobRow[]): Promise<void> {
  for (const from of RETRYABLE) {
    const ids = rows.filter(({ status }) => status === from).map(({ id }) => id);
    if (ids.length > 0)
      await rowStates.moveAll(tx, actor, { id: { in: ids } }, { from, to: 'PENDING' }, RETRIED, AGAIN);
  }
}

function refuseStatuses(statuses: readonly JobRowStatus[]): void {
  const wrong = statuses.filter((status) => !(RETRYABLE as readonly JobRowStatus[]).includes(status));
  if (wrong.length === 0 && statuses.length > 0) return;
  const message = `Must be some of ${RETRYABLE.join(', ')}${wrong.length > 0 ? `, not ${wrong.join(', ')}` : ''}.`;
  throw new InvalidInputError([{ path: ['statuses'], message }]);
}

/** Rows that cannot start as they are are left where they are, unless they were named. */
function refuseBroken(rows: readonly JobRow[]): void {
  const broken = rows.filter(isBroken);
  if (broken.length === 0) return;
  const numbers = broken
    .slice(0, 10)
    .map(({ rowNumber }) => rowNumber)
    .join(', ');
  const message = `Rows that cannot start as they are (${numbers}) have to be mended first.`;
  throw new InvalidInputError([{ path: ['rowNumbers'], message }]);
}

const isBroken = ({ problems }: JobRow): boolean => Array.isArray(problems) && problems.length > 0;

/** A job that has ended is at work again. */
async function goOn(tx: Tx, { actor }: Ctx, job: Job, count: number): Promise<Job> {
  const now = await tx.job.findUniqueOrThrow({ where: { id: job.id } });
  if (count === 0 || (job.status !== 'COMPLETED' && job.status !== 'FAILED')) return now;
  const message = `${count} rows are retried.`;
  return jobStates.move(tx, actor, now, 'RUNNING', { message }, { ...NOT_STOPPED, completedAt: null });
}
