import type { Job } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { jobStates, NOT_WAITING } from '../job-states.ts';
import { countErrors } from './jobs.sql.ts';

/** Whether all rows of a job that is at work have ended. */
export const isAtItsEnd = ({ status, processedRows, totalRows }: Job): boolean =>
  status === 'RUNNING' && processedRows === totalRows;

/** Ends a job all of whose rows have ended, within `tx`, and says what most rows failed of; the caller holds the job. */
export async function endJob(tx: Tx, actor: Actor, job: Job): Promise<void> {
  if (!isAtItsEnd(job)) return;
  const [commonest] = await countErrors(tx, job.id);
  const without = job.failedRows + job.reviewRows;
  const why = commonest
    ? `${without} of ${job.totalRows} rows have no result; ${commonest.rows} of them failed with ${commonest.code}.`
    : null;
  const end = {
    ...NOT_WAITING,
    completedAt: new Date(),
    errorCode: commonest?.code ?? null,
    errorMessage: why,
  };
  const hasFailed = job.successfulRows === 0 && without > 0;
  const message = `Job "${job.name}" ended: ${job.successfulRows} of ${job.totalRows} rows have their result.`;
  await jobStates.move(tx, actor, job, hasFailed ? 'FAILED' : 'COMPLETED', { message }, end);
}
