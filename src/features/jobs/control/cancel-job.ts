import type { Job } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { flows } from '../../pipelines/flows.ts';
import { cancelWithin } from '../../runs/control.ts';
import { LIVE_STATUSES } from '../../runs/run-state.ts';
import { ALL_ROWS, jobStates, NOT_STOPPED, rowStates } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { requireState } from '../require-state.ts';

/**
 * Ends a job: no more rows start, the runs of those at work are cancelled, what rows have finished stays. Cancelling a
 * cancelled job changes nothing.
 *
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE` if it has ended otherwise.
 */
export async function cancelJob(ctx: Ctx, { jobId }: { jobId: string }): Promise<Job> {
  return recordTogether(
    ctx.db,
    async (tx) => {
      const job = await lockJob(tx, ctx.actor, jobId);
      requireState(job, ['PENDING', 'RUNNING', 'PAUSED', 'CANCELLED'], 'cancelled');
      if (job.status === 'CANCELLED') return job;
      const completedAt = new Date();
      const end = { ...NOT_STOPPED, completedAt };
      await jobStates.move(tx, ctx.actor, job, 'CANCELLED', { message: 'Cancelled.' }, end);
      await cancelRuns(tx, ctx, jobId);
      const left = { completedAt, errorMessage: 'The job was cancelled.' };
      for (const from of ['PENDING', 'PROCESSING'] as const)
        await rowStates.moveAll(
          tx,
          ctx.actor,
          { jobId },
          { from, to: 'SKIPPED' },
          { message: 'the job was cancelled.' },
          left,
        );
      return tx.job.findUniqueOrThrow({ where: { id: jobId } });
    },
    ALL_ROWS,
  );
}

/** Of rows at work, and of those that were paused on the way. */
async function cancelRuns(tx: Tx, ctx: Ctx, jobId: string): Promise<void> {
  const live = await tx.jobRow.findMany({
    where: { jobId, status: { in: ['PENDING', 'PROCESSING'] }, run: { status: { in: [...LIVE_STATUSES] } } },
    select: { runId: true },
  });
  for (const { runId } of live) if (runId !== null) await cancelWithin(tx, ctx, flows, { runId });
}
