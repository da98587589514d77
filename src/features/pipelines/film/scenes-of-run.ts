/** What stopping a run, and starting one, does to the scenes of its project. */
import type { PipelineRun, Scene, VideoClip } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { sendCancelVideoClip } from '../../video-clips/cancel-video-clip.jobs.ts';
import { isDoneAtProvider } from '../../video-clips/result-uri.ts';
import { findUnkept } from '../../video-clips/unkept-video-clip.ts';
import { moveVideoClip } from '../../video-clips/video-clip-state.ts';
import { statusWith } from '../../keyframes/keyframe.ts';
import { moveScene } from '../../storyboards/scene-state.ts';
import type { FilmRows } from './film-rows.sql.ts';

type SceneRows = FilmRows['scenes'][number];

/**
 * Puts what was being made here back to where it can be picked up. What a provider was paid for keeps its operation;
 * a cancelled run asks the provider to stop it.
 */
export async function releaseScenes(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  scenes: readonly SceneRows[],
): Promise<void> {
  for (const scene of scenes) {
    if (scene.status === 'KEYFRAMES_GENERATING')
      await moveScene(tx, ctx.actor, run, scene, 'PENDING', 'released');
    if (scene.status === 'VIDEO_GENERATING') await releaseVideoClip(tx, ctx, run, scene);
  }
}

async function releaseVideoClip(tx: Tx, ctx: Ctx, run: PipelineRun, scene: SceneRows): Promise<void> {
  const [clip] = scene.clips;
  if (clip?.operationName && run.status === 'CANCELLED') await sendCancelVideoClip(tx, ctx, run, clip.id);
  // The call is on its way, or the clip is bought: its scene waits with it.
  if (clip?.operationName || clip?.status === 'SUBMITTING') return;
  if (clip?.status === 'SUBMITTED') await moveVideoClip(tx, ctx.actor, run, scene, clip, 'PENDING');
  await moveScene(tx, ctx.actor, run, scene, statusWith(scene.keyframes), 'released');
}

/** Gives the failed scenes another chance, except those that wait for a person's word. */
export async function pickUpScenes(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  scenes: readonly SceneRows[],
): Promise<void> {
  for (const scene of scenes) if (scene.status === 'FAILED') await pickUpScene(tx, ctx, run, scene);
}

/**
 * Gives one failed scene another chance: a clip that timed out is asked about again, or kept from the shelf it waits on; anything else
 * is made anew.
 * One of which nobody knows, that was lost or that was refused stays: asking again by itself could pay twice, or change
 * nothing.
 */
export async function pickUpScene(
  tx: Tx,
  { actor }: Ctx,
  run: Pick<PipelineRun, 'id'>,
  scene: Pick<Scene, 'id' | 'projectId' | 'sceneIndex' | 'status'> & {
    keyframes: readonly unknown[];
    clips: readonly Pick<VideoClip, 'id' | 'status' | 'operationName' | 'resultUri'>[];
  },
): Promise<void> {
  const [clip] = scene.clips;
  // Refused, and its new last frame could not be drawn: that may be tried again.
  const lacksLastFrame = scene.keyframes.length === 1;
  if (clip?.status === 'UNKNOWN' || clip?.status === 'LOST') return;
  if (clip?.status === 'RAI_FILTERED' && !lacksLastFrame) return;
  if (clip?.status === 'TIMED_OUT' && clip.operationName !== null) {
    const isHere = isDoneAtProvider(clip) && (await findUnkept(tx, clip)) !== null;
    const data = {
      ...(!isHere && { nextPollAt: new Date(), resultUri: null }),
      pollCount: 0,
      missingSince: null,
      completedAt: null,
      errorMessage: null,
    };
    await moveVideoClip(tx, actor, run, scene, clip, 'POLLING', data);
    await moveScene(
      tx,
      actor,
      run,
      scene,
      'VIDEO_GENERATING',
      isHere ? 'its film is kept' : 'asked about again',
    );
    return;
  }
  await moveScene(tx, actor, run, scene, statusWith(scene.keyframes), 'picked up');
}
