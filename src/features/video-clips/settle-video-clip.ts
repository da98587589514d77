/** How a scene and its clip end together; each within the caller's transaction. */
import type { PipelineRun, VideoClipStatus } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import type { SceneWithClip } from './clip-inputs.ts';
import { moveVideoClip } from './video-clip-state.ts';

type Run = Pick<PipelineRun, 'id'>;

/** The clip's file is in the storage and was measured. */
export async function completeVideoClip(
  tx: Tx,
  { actor }: Ctx,
  run: Run,
  { scene, clip }: SceneWithClip,
  file: { localPath: string; durationSeconds: number },
): Promise<void> {
  const data = { ...file, completedAt: new Date(), errorMessage: null, nextPollAt: null };
  await moveVideoClip(tx, actor, run, scene, clip, 'COMPLETE', data);
  await moveScene(tx, actor, run, scene, 'VIDEO_DONE');
}

type FailedStatus = Extract<VideoClipStatus, 'FAILED' | 'TIMED_OUT' | 'LOST' | 'UNKNOWN'>;

/** The clip ended without a file; the scene is a gap until somebody does something about it. */
export async function failVideoClip(
  tx: Tx,
  { actor }: Ctx,
  run: Run,
  { scene, clip }: SceneWithClip,
  status: FailedStatus,
  reason: string,
): Promise<void> {
  const data = { errorMessage: reason, completedAt: new Date(), nextPollAt: null };
  await moveVideoClip(tx, actor, run, scene, clip, status, data);
  await moveScene(tx, actor, run, scene, 'FAILED', reason);
}
