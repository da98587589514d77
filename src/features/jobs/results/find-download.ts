import { DomainError, refuseIssues } from '../../../core/errors.ts';
import type { Job, PrismaClient } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import { visibleJobs } from '../job.ts';
import type { Download } from './downloads.ts';
import { nameIssues } from './film-names.ts';
import { hasFilms } from './rows-page.sql.ts';

/**
 * Finds the job of a download, and that there is something to fetch.
 *
 * @param actor who asks; null for whoever has an address that was signed for somebody who may.
 * @throws {DomainError} `NOT_FOUND` if it is absent or not the actor's; `JOB_STATE` if it never ran, or films are asked
 * for and there is none.
 * @throws {InvalidInputError} naming `names`.
 */
export async function findDownload(
  db: PrismaClient,
  actor: Actor | null,
  { jobId, format, names }: Download,
): Promise<Job> {
  const job = await db.job.findUnique({
    where: { id: jobId, previewedAt: { not: null }, ...(actor && { AND: [visibleJobs(actor)] }) },
  });
  const path = ['jobId'];
  if (!job) throw new DomainError('NOT_FOUND', 'No such job.', { path });
  refuseIssues(nameIssues(job.columns, names));
  if (job.startedAt === null) {
    const then = job.status === 'PENDING' ? '; it has results once it is confirmed' : '';
    const message = `The job is ${job.status} and never ran${then}.`;
    throw new DomainError('JOB_STATE', message, { path });
  }
  if (format === null && !(await hasFilms(db, jobId)))
    throw new DomainError('JOB_STATE', `The job is ${job.status}; none of its rows has a film.`, { path });
  return job;
}
