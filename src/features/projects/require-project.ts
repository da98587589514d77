import { DomainError } from '../../core/errors.ts';
import { requireId } from '../../core/ids.ts';
import type { Ctx } from '../../platform/context.ts';
import { visibleProjects } from './project.ts';

/**
 * The bare UUID of a project that the actor may follow, from its global id.
 *
 * @throws {DomainError} `INVALID_INPUT` if it is no project's id; `NOT_FOUND` if there is none or it is
 * not the actor's.
 */
export async function requireProject({ db, actor }: Ctx, globalId: string): Promise<string> {
  const id = requireId('Project', globalId, ['projectId']);
  const found = await db.project.count({ where: { id, AND: [visibleProjects(actor)] } });
  if (found === 0) throw new DomainError('NOT_FOUND', 'No such project.', { path: ['projectId'] });
  return id;
}
