import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { Project } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { unusedReferences, whyNotWith } from '../../references/reference-rules.ts';

/** Whether a project lacks nothing. */
export const isComplete = ({ status, errorMessage }: Pick<Project, 'status' | 'errorMessage'>): boolean =>
  status === 'COMPLETE' && !errorMessage;

/**
 * Refuses a project that lacks nothing.
 *
 * @throws {DomainError} `ALREADY_COMPLETE`
 */
export function refuseComplete(project: Pick<Project, 'status' | 'errorMessage'>): void {
  if (!isComplete(project)) return;
  const message = 'The film is complete; to cut it anew, use stitchFilm.';
  throw new DomainError('ALREADY_COMPLETE', message, { path: ['projectId'] });
}

/**
 * Refuses a project whose clips cannot be filmed from the reference images it has.
 *
 * @returns what the person should know, or null.
 * @throws {InvalidInputError} naming `projectId`, with the rule and the way out.
 */
export async function refuseReferences(tx: Tx, project: Project): Promise<string | null> {
  const count = await tx.referenceImage.count({ where: { projectId: project.id } });
  const message = whyNotWith(project, count);
  if (message !== null) throw new InvalidInputError([{ path: ['projectId'], message }]);
  return unusedReferences(project, count);
}
