import { refuseIssues } from '../../../core/errors.ts';
import type { Job } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { type Cap, capIssues, capText, setCap } from '../../budget/cap.ts';
import { jobStates, NOT_STOPPED } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { jobScope } from '../job.ts';
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

/**
 * Sets the most that all rows of a job together may cost, or lifts it. A job that the cap held goes on by itself once it
 * has room.
 *
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` naming `maxCostCents`.
 */
export async function setJobCostCap(
  ctx: Ctx,
  { jobId, maxCostCents }: { jobId: string; maxCostCents: Cap },
): Promise<Job> {
  refuseIssues(capIssues('maxCostCents', maxCostCents));
  return recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    await setCap(tx, job.workspaceId, jobScope(jobId), maxCostCents);
    return jobStates.change(tx, ctx.actor, job, {}, { message: capText('job', maxCostCents) });
  });
}
