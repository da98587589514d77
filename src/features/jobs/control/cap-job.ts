import { refuseIssues } from '../../../core/errors.ts';
import type { Job } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { type Cap, capIssues, capText, setCap } from '../../budget/cap.ts';
import { jobStates } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { jobScope } from '../job.ts';

/** What is left out stays as it is; null lifts a cap. Cents. */
export type JobCaps = { maxCostCents?: Cap | undefined; maxRowCostCents?: Cap | undefined };

/**
 * Sets the most that all rows of a job together may cost, and that each may. A job that the first held goes on by itself
 * once it has room; a row that failed of the second goes on once it is retried.
 *
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` naming each cap that is none.
 */
export async function setJobCostCap(ctx: Ctx, { jobId, ...caps }: JobCaps & { jobId: string }): Promise<Job> {
  const { maxCostCents, maxRowCostCents } = caps;
  refuseIssues([
    ...capIssues('maxCostCents', maxCostCents ?? null),
    ...capIssues('maxRowCostCents', maxRowCostCents ?? null),
  ]);
  return recordTogether(ctx.db, async (tx) => {
    return capJob(tx, ctx.actor, await lockJob(tx, ctx.actor, jobId), caps);
  });
}

/** Sets and tells caps of a job that the caller has locked, within `tx`; they were found to be caps before. */
export async function capJob(tx: Tx, actor: Actor, job: Job, caps: JobCaps): Promise<Job> {
  const { maxCostCents, maxRowCostCents } = caps;
  if (maxCostCents !== undefined) await setCap(tx, job.workspaceId, jobScope(job.id), maxCostCents);
  const data = maxRowCostCents === undefined ? {} : { maxRowCostCents };
  const told = [
    ...(maxCostCents === undefined ? [] : [capText('job', maxCostCents)]),
    ...(maxRowCostCents === undefined ? [] : [capText('rows', maxRowCostCents)]),
  ];
  return told.length === 0 ? job : jobStates.change(tx, actor, job, data, { message: told.join(' ') });
}
