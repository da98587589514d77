/** What is tried when a safety filter refuses a clip (DOMAIN, Studio step 3). A refusal costs nothing. */
import { newId } from '../../core/ids.ts';
import type { PipelineRun, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { RemoteClips, Softening } from '../../providers/provider.ts';
import { statusWithoutClip } from '../keyframes/keyframe.ts';
import { warn } from '../runs/run.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { moveClip, recordClip } from './video-clip-state.ts';

/** What each rung changes; the first is the prompt as it is written. */
const RUNGS: Readonly<Record<Softening, string>> = {
  0: 'the prompt as it is',
  1: 'a softened prompt',
  2: 'a prompt softened more',
};
const NEW_FRAME = ' and a new last frame';

type Refused = { scene: Scene; clip: VideoClip; clips: Pick<RemoteClips, 'softens'> };

/**
 * Puts a clip in the place of one that was refused, to be bought with gentler words; its refusal stays for the record.
 *
 * @returns false, with nothing written, if the ladder has no further rung: the refusal is then the last word.
 */
export async function climbSafetyLadder(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { scene, clip, clips }: Refused,
  reason: string,
): Promise<boolean> {
  const next = nextRung(scene.softening);
  if (!clips.softens || next === null) return false;
  const now = new Date();
  const refused = { errorMessage: reason, completedAt: now, nextPollAt: null, supersededAt: now };
  await moveClip(tx, ctx.actor, run, scene, clip, 'RAI_FILTERED', refused);
  const successor = await tx.videoClip.create({ data: { id: newId(), sceneId: scene.id } });
  await recordClip(tx, ctx.actor, run, scene, null, successor);
  await tx.scene.update({ where: { id: scene.id }, data: { softening: next } });
  const status = await statusWithoutClip(tx, scene.id);
  const redraws = next === 2 && status === 'KEYFRAMES_DONE';
  const change = `${RUNGS[next]}${redraws ? NEW_FRAME : ''}`;
  const what = `Scene ${scene.sceneIndex + 1}: the safety filter refused the clip, at no cost; it is tried again with ${change}. It said: ${reason}`;
  const details = { clipId: clip.id, rung: next, reason, costMicroUsd: 0 };
  await warn(tx, ctx.actor, run, what, details);
  await moveScene(tx, ctx.actor, run, scene, status, 'refused by the safety filter');
  if (redraws) await redrawLastFrame(tx, ctx, run, scene);
  return true;
}

const nextRung = (softening: number): Softening | null => (softening === 0 ? 1 : softening === 1 ? 2 : null);

/** The next scene keeps the frame it was given: its own clip may be bought already. */
async function redrawLastFrame(tx: Tx, ctx: Ctx, run: PipelineRun, { id }: Scene): Promise<void> {
  await tx.keyframe.updateMany({
    where: { sceneId: id, position: 'END', supersededAt: null },
    data: { supersededAt: new Date() },
  });
  const scene = await tx.scene.findUniqueOrThrow({ where: { id } });
  await moveScene(tx, ctx.actor, run, scene, 'PENDING', 'its last frame is drawn anew');
}
