import type { Project } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { LIVE_STATUSES } from '../runs/run-state.ts';
import { lockProjectRow } from '../projects/project.sql.ts';
import { takeReconcileTurn } from './reconcile-turn.sql.ts';

/**
 * Reconciles what belongs to a project while nothing else can happen to it: one process at a time, under the project's
 * lock, without which no run is launched.
 *
 * @param reconcile gets the project, or null if it was deleted.
 * @returns null if it is not the time: another process is reconciling, or a run is on its way.
 */
export async function whileIdle<Result>(
  { db }: Ctx,
  projectId: string,
  reconcile: (tx: Tx, project: Project | null) => Promise<Result>,
): Promise<Result | null> {
  return db.$transaction(async (tx) => {
    if (!(await takeReconcileTurn(tx))) return null;
    await lockProjectRow(tx, projectId);
    const live = await tx.pipelineRun.count({ where: { projectId, status: { in: [...LIVE_STATUSES] } } });
    if (live > 0) return null;
    return reconcile(tx, await tx.project.findUnique({ where: { id: projectId } }));
  });
}
