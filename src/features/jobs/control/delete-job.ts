import { encodeGlobalId } from '../../../core/ids.ts';
import type { Ctx } from '../../../platform/context.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { removeUnnamed } from '../../assets/remove-files.ts';
import { deleteProject } from '../../projects/project.ts';
import { jobStates } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { requireState } from '../require-state.ts';
import { cancelRuns } from './cancel-runs.ts';

export type JobDeletion = {
  jobId: string;
  /** Also deletes the projects that its rows started, with their films. */
  deleteProjects: boolean;
};

/**
 * Deletes a job that is not at work, with its rows and its sheet; what the log and the ledger say of it stays, and so do
 * the projects that its rows started, unless asked for.
 *
 * Projects go first, each by itself: where one cannot go, the job stays.
 *
 * @returns the id of what is gone.
 * @throws {DomainError} `NOT_FOUND`; `JOB_STATE` if it is at work: cancel it first; `RUN_IN_PROGRESS` if a project is.
 */
export async function deleteJob(ctx: Ctx, { jobId, deleteProjects }: JobDeletion): Promise<string> {
  if (deleteProjects) await deleteProjectsOf(ctx, jobId);
  const key = await recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['PENDING', 'COMPLETED', 'FAILED', 'CANCELLED'], 'deleted');
    await tx.job.delete({ where: { id: jobId } });
    await jobStates.record(tx, ctx.actor, job, job.status, {
      message: `Job "${job.name}" was deleted.`,
      isDeleted: true,
    });
    return job.sourceKey;
  });
  if (key !== null) await removeUnnamed(ctx, [key]);
  return encodeGlobalId('Job', jobId);
}

async function deleteProjectsOf(ctx: Ctx, jobId: string): Promise<void> {
  await recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    requireState(job, ['PENDING', 'COMPLETED', 'FAILED', 'CANCELLED'], 'deleted');
    // Of rows that failed for a cap of their own: nothing but the job would have gone on with them.
    await cancelRuns(tx, ctx, { jobId, run: { status: 'PAUSED' } });
  });
  const rows = await ctx.db.jobRow.findMany({
    where: { jobId, projectId: { not: null } },
    select: { projectId: true },
  });
  for (const { projectId } of rows)
    if (projectId !== null) await deleteProject(ctx, { projectId, deleteFilms: true });
}
