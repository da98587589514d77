import { DomainError } from '../../core/errors.ts';
import { requireId } from '../../core/ids.ts';
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import { visibleRuns } from './run.ts';

/**
 * A run that the actor may follow, from its global id.
 *
 * @throws {DomainError} `INVALID_INPUT` if it is no run's id; `NOT_FOUND` if there is none or it is not
 * the actor's.
 */
export async function requireRun({ db, actor }: Ctx, globalId: string): Promise<PipelineRun> {
  const id = requireId('PipelineRun', globalId, ['runId']);
  const found = await db.pipelineRun.findUnique({ where: { id, AND: [visibleRuns(actor)] } });
  if (!found) throw new DomainError('NOT_FOUND', 'No such run.', { path: ['runId'] });
  return found;
}
