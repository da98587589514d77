import { DomainError } from '../../core/errors.ts';
import type { Job, JobStatus } from '../../generated/prisma/client.ts';

/**
 * Refuses a job that does not stand where something can be done.
 *
 * @param done as in `it cannot be paused`.
 * @throws {DomainError} `JOB_STATE`, naming where it stands.
 */
export function requireState(
  { status }: Pick<Job, 'status'>,
  allowed: readonly JobStatus[],
  done: string,
): void {
  if (allowed.includes(status)) return;
  const message = `The job is ${status}; it can be ${done} when it is ${allowed.join(' or ')}.`;
  throw new DomainError('JOB_STATE', message, { path: ['jobId'] });
}
