import type { Job } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { flows } from '../../pipelines/flows.ts';
import { pauseWithin } from '../../runs/control.ts';
import { isWorking } from '../../runs/run-state.ts';
import { jobStates, NOT_STOPPED, rowStates } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { requireState } from '../require-state.ts';

/**
 * Lets no more rows of a job start. Rows that are at work finish, or are paused too if `now`: what was bought stays bought,
 * and they go on with the job. Pausing a paused job changes nothing but that no cap lets it go on by itself.
 *
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE`.
 */
export async function pauseJob(ctx: Ctx, { jobId, now }: { jobId: string; now: boolean }): Promise<Job> {
  return recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['RUNNING', 'PAUSED'], 'paused');
    const message = 'Paused.';
    const paused =
      job.status === 'RUNNING'
        ? await jobStates.move(tx, ctx.actor, job, 'PAUSED', { message }, NOT_STOPPED)
        : await jobStates.change(tx, ctx.actor, job, NOT_STOPPED, { message });
    if (!now) return paused;
    const rows = await tx.jobRow.findMany({ where: { jobId, status: 'PROCESSING' }, include: { run: true } });
    for (const { run, ...row } of rows) {
      if (!run || !isWorking(run)) continue;
      const stopped = await pauseWithin(tx, ctx, flows, { runId: run.id });
      if (stopped.status === 'PAUSED')
        await rowStates.move(tx, ctx.actor, row, 'PENDING', { message: 'paused.' });
    }
    return tx.job.findUniqueOrThrow({ where: { id: jobId } });
  });
}
