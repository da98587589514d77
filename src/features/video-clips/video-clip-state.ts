import { scopesOf } from '../../core/scopes.ts';
import { IllegalTransition, sourcesOf, type Transitions } from '../../core/state-machine.ts';
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
import { recordAudit } from '../audit/audit.ts';

/** Where a clip may go (DOMAIN, States). A clip rendered here is accepted at once: there is no one to lose the answer. */
export const VIDEO_CLIP_TRANSITIONS: Transitions<VideoClipStatus> = {
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
  if (before.status === status) return;
  const [clip] = await tx.videoClip.updateManyAndReturn({
    where: { id: before.id, status: { in: sourcesOf(VIDEO_CLIP_TRANSITIONS, status) } },
    data: { ...data, status, version: { increment: 1 } },
  });
  if (!clip) throw new IllegalTransition('VideoClip', before.id, status);
  await recordVideoClip(tx, actor, run, scene, before.status, clip);
}

/** Records where a clip stands now; `from` is null for a new one. */
export async function recordVideoClip(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'> | null,
  scene: Pick<Scene, 'projectId' | 'sceneIndex'>,
  from: VideoClipStatus | null,
  clip: VideoClip,
): Promise<void> {
  const { status, errorMessage: reason } = clip;
  await recordAudit(tx, actor, {
    subject: { type: 'VideoClip', id: clip.id },
    scopes: scopesOf({ Project: scene.projectId, PipelineRun: run?.id }),
    eventType: 'STATE_CHANGE',
    level: LEVELS[status] ?? 'INFO',
    version: clip.version,
    message: `Clip of scene ${scene.sceneIndex + 1} is ${status}${reason ? `: ${reason}` : '.'}`,
    details: {
      from,
      to: status,
      sceneId: clip.sceneId,
      sceneIndex: scene.sceneIndex,
      ...(reason && { reason }),
    },
  });
}
