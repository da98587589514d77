import type { Job } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { digestOfFacts, factsOfJob } from './job-facts.ts';

/** Gives a job that was not confirmed yet the digest of its rows as they are now, within `tx`; the caller holds it. */
export async function refreshPreview(tx: Tx, { id, status }: Pick<Job, 'id' | 'status'>): Promise<Job> {
  const job = await tx.job.findUniqueOrThrow({ where: { id } });
  if (status !== 'PENDING') return job;
  const facts = await factsOfJob(tx, job);
  return tx.job.update({ where: { id }, data: { digest: digestOfFacts(facts) } });
}
