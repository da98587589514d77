import { refuseIssues } from '../../../core/errors.ts';
import type { Job } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { type Cap, capIssues } from '../../budget/cap.ts';
import { capJob } from './cap-job.ts';
import { jobStates, NOT_STOPPED } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { requireState } from '../require-state.ts';

export type Resumption = {
  jobId: string;
  /** Most that all its rows together may cost, in cents; null lifts that cap, left out it stays as it is. */
  maxCostCents?: Cap | undefined;
};

/**
 * Lets the rows of a paused job start again; those that were paused with it go on from what they have.
 *
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE`, and the cap is as it was; `INVALID_INPUT` naming `maxCostCents`.
 */
export async function resumeJob(ctx: Ctx, { jobId, maxCostCents }: Resumption): Promise<Job> {
  refuseIssues(capIssues('maxCostCents', maxCostCents ?? null));
  return recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['PAUSED', 'RUNNING'], 'resumed');
    const capped = maxCostCents === undefined ? job : await capJob(tx, ctx.actor, job, { maxCostCents });
    if (job.status === 'RUNNING') return capped;
    return jobStates.move(tx, ctx.actor, capped, 'RUNNING', { message: 'Resumed.' }, NOT_STOPPED);
  });
}
