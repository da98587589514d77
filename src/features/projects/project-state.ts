import { scopesOf } from '../../core/scopes.ts';
import type { Transitions } from '../../core/state-machine.ts';
import type { Prisma, Project, ProjectStatus } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { defineStates } from '../audit/log/states.ts';

const WORKING: readonly ProjectStatus[] = ['STORYBOARDING', 'KEYFRAMING', 'GENERATING_VIDEO', 'STITCHING'];
const ENDINGS: readonly ProjectStatus[] = ['COMPLETE', 'PARTIAL', 'FAILED', 'PAUSED', 'CANCELLED'];

/** Where a project may go (DOMAIN, States): a run takes it to the stage that is missing, and from there on; another provider begins anew. */
const TRANSITIONS: Transitions<ProjectStatus> = {
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

/** Why a project moves: the run that moves it, if one does. */
type Cause = { runId: string | null };

export const projectStates = defineStates<'Project', ProjectStatus, Cause>({
  type: 'Project',
  title: 'A project',
  transitions: TRANSITIONS,
  tell: ({ id, status }, from, { runId }) => ({
    scopes: scopesOf({ Project: id, PipelineRun: runId }),
    message: `Project is ${status}.`,
    details: { from, to: status },
  }),
});

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
  if (before.status !== status) await projectStates.move(tx, actor, before, status, { runId }, data);
}
