import { DomainError, InvalidInputError, refuseIssues } from '../../core/errors.ts';
import type { Job } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordTogether } from '../audit/log/audit.ts';
import { type Cap, capIssues, setCap } from '../budget/cap.ts';
import { INVALID, leaveOutNext } from './dispatch/leave-out.ts';
import { jobStates } from './job-states.ts';
import { lockJob } from './job.sql.ts';
import { jobScope } from './job.ts';
import { changedSince, factsOfJob, ROWS_FACT } from './preview/job-facts.ts';
import type { RowProblem } from './preview/read-row.ts';
import { requireState } from './require-state.ts';

export type JobConfirmation = {
  jobId: string;
  /** As the preview gave it. */
  digest: string;
  /** Most that all its rows together may cost, in cents; null lifts that cap, left out it stays as it is. */
  maxCostCents?: Cap | undefined;
  /** Leaves rows out that cannot start, instead of refusing the job for them. */
  onlyValidRows: boolean;
  /** Starts rows, too, that ask for what an earlier one asked for. */
  withDuplicates: boolean;
};

/**
 * Lets the rows of a previewed job start, one after another in the background. Rows that cannot start count as failed, and
 * duplicates as left out; both can be retried once they are mended, or wanted.
 *
 * One transaction, in which the first thousand rows are looked at; a worker looks at the others before they start. The cap
 * holds before anything is bought.
 *
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE` if it was confirmed or cancelled before; `PLAN_STALE`, naming what
 * changed since: look at it, or preview its sheet, again.
 * @throws {InvalidInputError} naming `maxCostCents`; `onlyValidRows` if rows cannot start; `jobId` if none can.
 */
export async function confirmJob(ctx: Ctx, confirmation: JobConfirmation): Promise<Job> {
  const { jobId, maxCostCents } = confirmation;
  refuseIssues(capIssues('maxCostCents', maxCostCents ?? null));
  return recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['PENDING'], 'confirmed');
    await checkDigest(tx, job, confirmation.digest);
    await refuseRows(tx, job, confirmation);
    if (maxCostCents !== undefined) await setCap(tx, job.workspaceId, jobScope(jobId), maxCostCents);
    const data = { startedAt: new Date(), withDuplicates: confirmation.withDuplicates };
    const told = { message: `Job "${job.name}" was confirmed.` };
    return leaveOutNext(tx, ctx.actor, await jobStates.move(tx, ctx.actor, job, 'RUNNING', told, data));
  });
}

async function checkDigest(tx: Tx, job: Job, digest: string): Promise<void> {
  const now = await factsOfJob(tx, job);
  const changed = changedSince(digest, now);
  if (changed === null) throw stale('The digest is none of such a job.', PREVIEW_AGAIN);
  if (changed.length === 0) return;
  const isOfRows = changed.every((name) => name === ROWS_FACT);
  throw stale(`Changed since: ${changed.join(', ')}.`, isOfRows ? LOOK_AGAIN : PREVIEW_AGAIN);
}

const LOOK_AGAIN = 'Look at the job again: it has another digest now.';
/** What each row was said to cost was of then. */
const PREVIEW_AGAIN = 'Preview the sheet again.';

const stale = (why: string, wayOut: string) =>
  new DomainError('PLAN_STALE', `The preview no longer holds. ${why} ${wayOut}`, { path: ['digest'] });

async function refuseRows(tx: Tx, job: Job, options: JobConfirmation): Promise<void> {
  const { totalRows, invalidRows, duplicateRows } = job;
  if (invalidRows > 0 && !options.onlyValidRows) {
    const first = await firstInvalid(tx, job);
    const message = `${invalidRows} of ${totalRows} rows cannot start; mend them, or say that only the others are to.${first}`;
    throw new InvalidInputError([{ path: ['onlyValidRows'], message }]);
  }
  if (totalRows - invalidRows - (options.withDuplicates ? 0 : duplicateRows) > 0) return;
  const issue =
    duplicateRows > 0
      ? {
          path: ['withDuplicates'],
          message:
            'There is no row to start: those that can ask for what was asked for before; say that they are to be made again.',
        }
      : { path: ['jobId'], message: 'There is no row to start: none can.' };
  throw new InvalidInputError([issue]);
}

/** A sentence that names it with its column; none if somebody mends it just now. */
async function firstInvalid(tx: Tx, { id: jobId }: Job): Promise<string> {
  const row = await tx.jobRow.findFirst({
    where: { jobId, ...INVALID },
    orderBy: { rowNumber: 'asc' },
    select: { rowNumber: true, problems: true },
  });
  const [problem] = (row?.problems ?? []) as RowProblem[];
  if (!row || !problem) return '';
  const { column, input, reason } = problem;
  return ` The first is row ${[row.rowNumber, column ?? input].filter((part) => part !== null).join(', ')}: ${reason}`;
}
