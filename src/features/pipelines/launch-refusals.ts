import { DomainError } from '../../core/errors.ts';
import type { Project } from '../../generated/prisma/client.ts';

/**
 * Refuses a project that lacks nothing.
 *
 * @throws {DomainError} `ALREADY_COMPLETE`
 */
export function refuseComplete({ status, errorMessage }: Pick<Project, 'status' | 'errorMessage'>): void {
  if (status !== 'COMPLETE' || errorMessage) return;
  const message = 'The film is complete; to cut it anew, use stitchFilm.';
  throw new DomainError('ALREADY_COMPLETE', message, { path: ['projectId'] });
}
