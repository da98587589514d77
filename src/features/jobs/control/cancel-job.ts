import type { Job } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { leaveOutCancelled, leaveOutStarted } from '../dispatch/leave-out.ts';
import { jobStates, NOT_STOPPED } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { requireState } from '../require-state.ts';
import { cancelRuns } from './cancel-runs.ts';

/**
 * Ends a job: no more rows start, the runs of those at work are cancelled, what rows have finished stays. Cancelling a
 * cancelled job changes nothing. Of more than a thousand rows that waited, a worker leaves out the others.
 *
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE` if it has ended otherwise.
 */
export async function cancelJob(ctx: Ctx, { jobId }: { jobId: string }): Promise<Job> {
  return recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['PENDING', 'RUNNING', 'PAUSED', 'CANCELLED'], 'cancelled');
    if (job.status === 'CANCELLED') return job;
    const end = { ...NOT_STOPPED, completedAt: new Date() };
    await jobStates.move(tx, ctx.actor, job, 'CANCELLED', { message: 'Cancelled.' }, end);
    await cancelRuns(tx, ctx, { jobId, status: { in: ['PENDING', 'PROCESSING'] } });
    await leaveOutStarted(tx, ctx.actor, jobId);
    await leaveOutCancelled(tx, ctx.actor, jobId);
    return tx.job.findUniqueOrThrow({ where: { id: jobId } });
  });
}
