import { scopesOf } from '../../core/scopes.ts';
import type { Transitions } from '../../core/state-machine.ts';
import type { PipelineRun, Scene, SceneStatus } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { defineStates } from '../audit/log/states.ts';

/**
 * Where a scene may go (DOMAIN, States). Backwards only when a run is released, a scene is redone, or a file is lost;
 * one whose clip is gone when the film is stitched fails, so that the run does not buy another by itself.
 * One that is filmed from reference images has no frames: it goes from PENDING to its clip, and back there.
 */
const TRANSITIONS: Transitions<SceneStatus> = {
  PENDING: ['KEYFRAMES_GENERATING', 'VIDEO_GENERATING', 'FAILED'],
  KEYFRAMES_GENERATING: ['KEYFRAMES_DONE', 'FAILED', 'PENDING'],
  KEYFRAMES_DONE: ['VIDEO_GENERATING', 'FAILED', 'PENDING'],
  VIDEO_GENERATING: ['VIDEO_DONE', 'FAILED', 'KEYFRAMES_DONE', 'PENDING'],
  VIDEO_DONE: ['KEYFRAMES_DONE', 'PENDING', 'FAILED'],
  FAILED: ['PENDING', 'KEYFRAMES_DONE', 'VIDEO_GENERATING'],
};

/** Why a scene moves: the run that moves it, and more than its status tells. */
type Cause = { run: Pick<PipelineRun, 'id'> | null; reason: string | undefined };

export const sceneStates = defineStates<'Scene', SceneStatus, Cause>({
  type: 'Scene',
  title: 'A scene',
  transitions: TRANSITIONS,
  tell: ({ projectId, sceneIndex, status }, from, { run, reason }) => ({
    scopes: scopesOf({ Project: projectId, PipelineRun: run?.id }),
    level: status === 'FAILED' ? 'ERROR' : 'INFO',
    message: `Scene ${sceneIndex + 1} is ${status}${reason ? `: ${reason}` : '.'}`,
    details: { from, to: status, sceneIndex, ...(reason && { reason }) },
  }),
});

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
  if (before.status !== status) await sceneStates.move(tx, actor, before, status, { run, reason });
}
