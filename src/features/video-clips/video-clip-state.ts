import { scopesOf } from '../../core/scopes.ts';
import type { Transitions } from '../../core/state-machine.ts';
import type {
  AuditLevel,
  PipelineRun,
  Prisma,
  Scene,
  VideoClip,
  VideoClipStatus,
} from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { defineStates } from '../audit/log/states.ts';

/** Where a clip may go (DOMAIN, States). A clip rendered here is accepted at once: there is no one to lose the answer. */
const TRANSITIONS: Transitions<VideoClipStatus> = {
  PENDING: ['SUBMITTING', 'SUBMITTED', 'UNKNOWN', 'FAILED'],
  SUBMITTING: ['SUBMITTED', 'UNKNOWN', 'RAI_FILTERED', 'FAILED', 'PENDING'],
  SUBMITTED: ['POLLING', 'COMPLETE', 'RAI_FILTERED', 'FAILED', 'TIMED_OUT', 'UNKNOWN', 'PENDING'],
  POLLING: ['COMPLETE', 'RAI_FILTERED', 'FAILED', 'TIMED_OUT', 'LOST', 'UNKNOWN'],
  COMPLETE: [],
  RAI_FILTERED: [],
  FAILED: [],
  TIMED_OUT: ['POLLING'],
  LOST: [],
  UNKNOWN: ['POLLING', 'PENDING', 'LOST', 'FAILED'],
};

const LEVELS: Partial<Record<VideoClipStatus, AuditLevel>> = {
  FAILED: 'ERROR',
  TIMED_OUT: 'ERROR',
  LOST: 'ERROR',
  RAI_FILTERED: 'WARNING',
  UNKNOWN: 'WARNING',
};

/** Whose clip it is, and the run that moves it. */
type Cause = { run: Pick<PipelineRun, 'id'> | null; scene: Pick<Scene, 'projectId' | 'sceneIndex'> };

export const videoClipStates = defineStates<'VideoClip', VideoClipStatus, Cause>({
  type: 'VideoClip',
  title: 'A clip',
  transitions: TRANSITIONS,
  tell: ({ status, sceneId, errorMessage: reason }, from, { run, scene: { projectId, sceneIndex } }) => ({
    scopes: scopesOf({ Project: projectId, PipelineRun: run?.id }),
    level: LEVELS[status] ?? 'INFO',
    message: `Clip of scene ${sceneIndex + 1} is ${status}${reason ? `: ${reason}` : '.'}`,
    details: { from, to: status, sceneId, sceneIndex, ...(reason && { reason }) },
  }),
});

/**
 * Moves a clip and records it; staying where it is changes nothing.
 *
 * @throws {IllegalTransition} if its table does not allow the move.
 */
export async function moveVideoClip(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'> | null,
  scene: Pick<Scene, 'projectId' | 'sceneIndex'>,
  before: Pick<VideoClip, 'id' | 'status'>,
  status: VideoClipStatus,
  data: Prisma.VideoClipUncheckedUpdateManyInput = {},
): Promise<void> {
  if (before.status !== status) await videoClipStates.move(tx, actor, before, status, { run, scene }, data);
}
