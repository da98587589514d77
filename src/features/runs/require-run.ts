import { DomainError } from '../../core/errors.ts';
import { requireId } from '../../core/ids.ts';
import type { Ctx } from '../../platform/context.ts';
import { visibleRuns } from './run.ts';

/**
 * The bare UUID of a run that the actor may follow, from its global id, and of its project.
 *
 * @throws {DomainError} `INVALID_INPUT` if it is no run's id; `NOT_FOUND` if there is none or it is not
 * the actor's.
 */
export async function requireRun(
  { db, actor }: Ctx,
  globalId: string,
): Promise<{ id: string; projectId: string }> {
  const id = requireId('PipelineRun', globalId, ['runId']);
  const found = await db.pipelineRun.findUnique({
    where: { id, AND: [visibleRuns(actor)] },
    select: { id: true, projectId: true },
  });
  if (!found) throw new DomainError('NOT_FOUND', 'No such run.', { path: ['runId'] });
  return found;
}
