import type { Job } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { jobStates, NOT_STOPPED } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { requireState } from '../require-state.ts';

/**
 * Lets the rows of a paused job start again; those that were paused with it go on from what they have.
 *
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE`.
 */
export async function resumeJob(ctx: Ctx, { jobId }: { jobId: string }): Promise<Job> {
  return recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['PAUSED', 'RUNNING'], 'resumed');
    if (job.status === 'RUNNING') return job;
    return jobStates.move(tx, ctx.actor, job, 'RUNNING', { message: 'Resumed.' }, NOT_STOPPED);
  });
}
