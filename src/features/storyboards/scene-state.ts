import { scopesOf } from '../../core/scopes.ts';
import { IllegalTransition, sourcesOf, type Transitions } from '../../core/state-machine.ts';
import type { PipelineRun, Scene, SceneStatus } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/audit.ts';

/**
 * Where a scene may go (DOMAIN, States). Backwards only when a run is released, a scene is redone, or a file is lost;
 * one whose clip is gone when the film is stitched fails, so that the run does not buy another by itself.
 * One that is filmed from reference images has no frames: it goes from PENDING to its clip, and back there.
 */
export const SCENE_TRANSITIONS: Transitions<SceneStatus> = {
  PENDING: ['KEYFRAMES_GENERATING', 'VIDEO_GENERATING', 'FAILED'],
  KEYFRAMES_GENERATING: ['KEYFRAMES_DONE', 'FAILED', 'PENDING'],
  KEYFRAMES_DONE: ['VIDEO_GENERATING', 'FAILED', 'PENDING'],
  VIDEO_GENERATING: ['VIDEO_DONE', 'FAILED', 'KEYFRAMES_DONE', 'PENDING'],
  VIDEO_DONE: ['KEYFRAMES_DONE', 'PENDING', 'FAILED'],
  FAILED: ['PENDING', 'KEYFRAMES_DONE', 'VIDEO_GENERATING'],
};

/**
 * Moves a scene and records it; staying where it is changes nothing.
 *
 * @throws {IllegalTransition} if its table does not allow the move.
 */
export async function moveScene(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'> | null,
  before: Pick<Scene, 'id' | 'status'>,
  status: SceneStatus,
  reason?: string,
): Promise<void> {
  if (before.status === status) return;
  const [scene] = await tx.scene.updateManyAndReturn({
    where: { id: before.id, status: { in: sourcesOf(SCENE_TRANSITIONS, status) } },
    data: { status, version: { increment: 1 } },
  });
  if (!scene) throw new IllegalTransition('Scene', before.id, status);
  await recordAudit(tx, actor, {
    subject: { type: 'Scene', id: scene.id },
    scopes: scopesOf({ Project: scene.projectId, PipelineRun: run?.id }),
    eventType: 'STATE_CHANGE',
    level: status === 'FAILED' ? 'ERROR' : 'INFO',
    version: scene.version,
    message: `Scene ${scene.sceneIndex + 1} is ${status}${reason ? `: ${reason}` : '.'}`,
    details: { from: before.status, to: status, sceneIndex: scene.sceneIndex, ...(reason && { reason }) },
  });
}
