import type { Job, JobRow } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { rowStates } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { markTwins } from '../preview/rows.sql.ts';
import { refreshPreview } from '../preview/refresh-preview.ts';
import { requireState } from '../require-state.ts';
import { cancelRuns } from './cancel-runs.ts';
import { findNamed } from './which-rows.ts';

/**
 * Leaves rows out: they do not start, a run that was paused is cancelled, and a failed one does not count as failed any more.
 *
 * @returns the job, and how many rows were left out.
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE` if the job was cancelled, or naming rows that have started or finished;
 * `INVALID_INPUT` naming `rowNumbers`.
 */
export async function skipRows(
  ctx: Ctx,
  { jobId, rowNumbers }: { jobId: string; rowNumbers: readonly number[] },
): Promise<{ job: Job; count: number }> {
  return recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['PENDING', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED'], 'told to leave rows out');
    const rows = await findNamed(tx, job, rowNumbers, ['PENDING', 'FAILED', 'NEEDS_REVIEW'], 'left out');
    const left = { completedAt: new Date(), errorCode: null, errorMessage: 'A person left it out.' };
    for (const row of rows)
      await rowStates.move(tx, ctx.actor, row, 'SKIPPED', { message: 'left out.' }, left);
    // Nothing would ever go on with them.
    await cancelRuns(tx, ctx, { id: { in: rows.map(({ id }) => id) } });
    // What they were the first to ask for is another one's to start.
    if (job.status === 'PENDING') await markTwins(tx, ctx.actor, job, null, checksumsOf(rows));
    return { job: await refreshPreview(tx, job), count: rows.length };
  });
}

const checksumsOf = (rows: readonly JobRow[]) => [...new Set(rows.map(({ rowChecksum }) => rowChecksum))];
