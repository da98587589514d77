import { scopesOf } from '../../core/scopes.ts';
import { IllegalTransition, sourcesOf, type Transitions } from '../../core/state-machine.ts';
import type { Prisma, Project, ProjectStatus } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/audit.ts';

const WORKING: readonly ProjectStatus[] = ['STORYBOARDING', 'KEYFRAMING', 'GENERATING_VIDEO', 'STITCHING'];
const ENDINGS: readonly ProjectStatus[] = ['COMPLETE', 'PARTIAL', 'FAILED', 'PAUSED', 'CANCELLED'];

/** Where a project may go (DOMAIN, States): a run takes it to the stage that is missing, and from there on; another provider begins anew. */
export const PROJECT_TRANSITIONS: Transitions<ProjectStatus> = {
  PENDING: [...WORKING, ...ENDINGS],
  STORYBOARDING: ['KEYFRAMING', 'GENERATING_VIDEO', ...ENDINGS],
  KEYFRAMING: ['GENERATING_VIDEO', ...ENDINGS],
  GENERATING_VIDEO: ['KEYFRAMING', 'STITCHING', ...ENDINGS],
  STITCHING: ENDINGS,
  COMPLETE: [...WORKING, 'FAILED', 'CANCELLED', 'PENDING'],
  PARTIAL: [...WORKING, 'FAILED', 'CANCELLED', 'PENDING'],
  FAILED: [...WORKING, 'COMPLETE', 'PARTIAL', 'PAUSED', 'CANCELLED', 'PENDING'],
  PAUSED: [...WORKING, 'COMPLETE', 'PARTIAL', 'FAILED', 'CANCELLED', 'PENDING'],
  CANCELLED: [...WORKING, 'COMPLETE', 'PARTIAL', 'FAILED', 'PAUSED', 'PENDING'],
};

/**
 * Moves a project and records it; staying where it is changes nothing.
 *
 * @throws {IllegalTransition} if its table does not allow the move.
 */
export async function moveProject(
  tx: Tx,
  actor: Actor,
  before: Pick<Project, 'id' | 'status'>,
  runId: string | null,
  status: ProjectStatus,
  data: Prisma.ProjectUncheckedUpdateManyInput = {},
): Promise<void> {
  if (before.status === status) return;
  const [project] = await tx.project.updateManyAndReturn({
    where: { id: before.id, status: { in: sourcesOf(PROJECT_TRANSITIONS, status) } },
    data: { ...data, status, version: { increment: 1 } },
  });
  if (!project) throw new IllegalTransition('Project', before.id, status);
  await recordAudit(tx, actor, {
    subject: { type: 'Project', id: project.id },
    scopes: scopesOf({ Project: project.id, PipelineRun: runId }),
    eventType: 'STATE_CHANGE',
    version: project.version,
    message: `Project is ${status}.`,
    details: { from: before.status, to: status },
  });
}
