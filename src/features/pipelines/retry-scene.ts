import { DomainError } from '../../core/errors.ts';
import type { PipelineRun, VideoClip, VideoClipStatus } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { bookClip } from '../clips/clip-bill.ts';
import { statusWith } from '../keyframes/keyframe.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { readScene, redo, type SceneRows } from './redo.ts';

/** A clip that is done with, one way or the other; any other is on its way and is waited for. */
const ENDED: readonly (VideoClipStatus | undefined)[] = ['COMPLETE', 'FAILED', 'TIMED_OUT', 'RAI_FILTERED'];

/**
 * Makes a scene's clip anew, from the frames it has; missing frames are drawn first. Its live run does it, or a new
 * one, which also stitches a new film. The old clip stays for the record. Costs what a clip costs; one that is with
 * its provider is waited for instead.
 *
 * @throws {DomainError} `NOT_FOUND`; `SCENE_COMPLETE` if the scene has its clip and the project a live run (wait for
 * its end); `RUN_IN_PROGRESS` if a live run has the scene before it, or makes no clips; `OUTCOME_UNKNOWN` if its clip
 * must be settled first; `INSUFFICIENT_DISK`.
 */
export async function retryScene(ctx: Ctx, { sceneId }: { sceneId: string }): Promise<PipelineRun> {
  return redo(ctx, await projectOfScene(ctx, sceneId), async (tx, { live }) => {
    const scene = await readScene(tx, sceneId);
    refuse(scene, live);
    const [clip] = scene.clips;
    if (clip && !ENDED.includes(clip.status)) return;
    if (clip) await supersede(tx, scene, clip);
    await tx.scene.update({ where: { id: sceneId }, data: { softening: 0 } });
    await moveScene(tx, ctx.actor, live, scene, statusWith(scene.keyframes), 'to be made again');
  });
}

/** Nobody asks about a clip again that another has replaced: what is still set aside for it waits for a person's word. */
async function supersede(tx: Tx, scene: SceneRows, clip: VideoClip): Promise<void> {
  await bookClip(tx, scene, clip, 'UNKNOWN');
  await tx.videoClip.update({ where: { id: clip.id }, data: { supersededAt: new Date() } });
}

function refuse({ status, clips: [clip] }: SceneRows, live: PipelineRun | null): void {
  if (clip?.status === 'UNKNOWN')
    throw refusal('OUTCOME_UNKNOWN', 'Settle the clip of the scene first, with settleUnknownClip.');
  if (!live) return;
  if (status === 'VIDEO_DONE')
    throw refusal('SCENE_COMPLETE', 'The scene has its clip; wait for the run to end.');
  if (status !== 'FAILED')
    throw refusal('RUN_IN_PROGRESS', 'The live run has this scene still before it; wait, or resume it.');
}

const refusal = (code: 'OUTCOME_UNKNOWN' | 'SCENE_COMPLETE' | 'RUN_IN_PROGRESS', message: string) =>
  new DomainError(code, message, { path: ['sceneId'] });

async function projectOfScene({ db, actor }: Ctx, sceneId: string): Promise<string> {
  const scene = await db.scene.findFirst({
    where: { id: sceneId, project: { workspaceId: actor.workspaceId } },
  });
  if (!scene) throw new DomainError('NOT_FOUND', 'No such scene.', { path: ['sceneId'] });
  return scene.projectId;
}
