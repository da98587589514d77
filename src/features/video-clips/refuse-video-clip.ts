import type { PipelineRun, Scene } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { SafetyRefusal } from '../../providers/clip-verdict.ts';
import { statusWithoutVideoClip } from '../keyframes/keyframe.ts';
import { supersedeFrames } from '../keyframes/supersede-frame.ts';
import { climbSafetyLadder } from '../storyboards/safety-ladder.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import type { SceneWithClip } from './clip-inputs.ts';
import { chargeOf } from './video-clip-bill.ts';
import { moveVideoClip } from './video-clip-state.ts';

/**
 * A safety filter refused a clip, before it was made or after, and what it cost is booked: it ends here, and another takes its place with gentler
 * words, from the last rung on with a new last frame. Once no rung is left, the scene is a gap. What it sounded like is often
 * refused by chance: the same is tried once more as it is, then without sound where nobody is to be heard.
 */
export async function refuseVideoClip(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { scene, clip }: SceneWithClip,
  { words: reason, refusedInput: input }: SafetyRefusal,
): Promise<void> {
  const refused = { errorMessage: reason, completedAt: new Date(), nextPollAt: null };
  await moveVideoClip(tx, ctx.actor, run, scene, clip, 'RAI_FILTERED', refused);
  const cost = await chargeOf(tx, clip);
  const next = await climbSafetyLadder(tx, ctx, run, scene, {
    input,
    reason,
    isChance: input === 'SOUND',
    ...cost,
  });
  if (next === null) return moveScene(tx, ctx.actor, run, scene, 'FAILED', reason);
  const status = await statusWithoutVideoClip(tx, scene.id);
  await moveScene(tx, ctx.actor, run, scene, status, 'refused by the safety filter');
  // One that is filmed from reference images has no frame to redraw.
  if (next === 2 && status === 'KEYFRAMES_DONE') await redrawLastFrame(tx, ctx, run, scene, reason);
}

/** The next scene keeps the frame it was given: its own clip may be bought already. */
async function redrawLastFrame(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { id }: Scene,
  reason: string,
): Promise<void> {
  const scene = await tx.scene.findUniqueOrThrow({ where: { id } });
  await supersedeFrames(tx, ctx.actor, run, scene, ['END'], { because: 'REFUSED', reason });
  await moveScene(tx, ctx.actor, run, scene, 'PENDING', 'its last frame is drawn anew');
}
