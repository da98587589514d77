import { DomainError } from '../../core/errors.ts';
import { type Job, Prisma } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { modelReader, type Row } from '../../platform/database/model-reader.ts';
import { isOwn } from '../../platform/database/owned.ts';

const jobs = modelReader<Job>(Prisma.JobScalarFieldEnum, 'j');

/**
 * Finds a job of the actor's and holds it until `tx` ends. Whoever changes a job or its rows starts with this; runs and
 * projects of rows come after it.
 *
 * @throws {DomainError} `NOT_FOUND` if it is absent or not the actor's.
 */
export async function lockJob(tx: Tx, actor: Actor, jobId: string): Promise<Job> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT ${jobs.columns} FROM jobs j WHERE j.id = ${jobId}::uuid FOR UPDATE`;
  const job = row && jobs.find(row);
  if (job && isOwn(actor, job) && job.previewedAt !== null) return job;
  throw new DomainError('NOT_FOUND', 'No such job.', { path: ['jobId'] });
}
