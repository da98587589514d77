/** Ordering a scene's clip anew by a rule, without a person's word. */
import type { PipelineRun, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { statusWithoutVideoClip } from '../keyframes/keyframe.ts';
import { Postponed } from '../runs/engine/postponed.ts';
import { holdProvider } from '../runs/engine/provider-hold.ts';
import { warn } from '../runs/run.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import type { SceneWithClip } from './clip-inputs.ts';
import { supersedeVideoClip } from './supersede-video-clip.ts';
import { planVideoClip } from './video-clip.ts';
import { moveVideoClip } from './video-clip-state.ts';

/** How often in a row a scene's clip is ordered anew by a rule; after that a person has to say so (docs/google.md). */
export const MOST_ORDERS_ANEW = 2;

/** Whether the clip that comes in its place may be ordered without a person's word. */
export const mayOrderAnew = ({ orderedAnew }: Pick<VideoClip, 'orderedAnew'>): boolean =>
  orderedAnew < MOST_ORDERS_ANEW;

/** @throws {Postponed} as long as a clip that is ordered anew may not be ordered; with the words that ended the one before. */
export async function waitForOrder(tx: Tx, { notBefore, sceneId, revision }: VideoClip): Promise<void> {
  if (!notBefore || notBefore.getTime() <= Date.now()) return;
  const before = await tx.videoClip.findFirst({
    where: { sceneId, revision: { lt: revision } },
    orderBy: { revision: 'desc' },
  });
  const code = before?.status === 'UNKNOWN' ? 'PROVIDER_QUOTA' : 'PROVIDER_FAILED';
  const reason = `A clip is ordered anew. ${before?.errorMessage ?? ''}`.trim();
  throw new Postponed(notBefore, { code, reason });
}

export type EndOfOrder = {
  /** UNKNOWN where nobody knows whether it is charged: its money stays set aside until a person settles the call. */
  status: 'FAILED' | 'UNKNOWN';
  /** The provider's own words. */
  words: string;
  /** Until the next order. */
  waitSeconds: number;
  /** Whether no other clip may be ordered before, either. */
  isOverQuota: boolean;
};

/** Ends a clip and plans another in its place, ordered as it was, once the wait is over. What was booked stays. */
export async function orderAnew(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { scene, clip }: SceneWithClip,
  { status, words, waitSeconds, isOverQuota }: EndOfOrder,
): Promise<void> {
  const { provider } = await tx.project.findUniqueOrThrow({ where: { id: scene.projectId } });
  if (isOverQuota)
    await holdProvider(tx, { provider, call: 'CLIP' }, { seconds: waitSeconds, reason: words });
  const ended = { errorMessage: words, completedAt: new Date(), nextPollAt: null };
  await moveVideoClip(tx, ctx.actor, run, scene, clip, status, ended);
  const orderedAnew = clip.orderedAnew + 1;
  const notBefore = new Date(Date.now() + waitSeconds * 1_000);
  await supersedeVideoClip(tx, ctx.actor, run, scene, clip, { because: 'ORDERED_ANEW', reason: words });
  await planVideoClip(tx, ctx.actor, run, scene, { orderedAnew, notBefore });
  await moveScene(
    tx,
    ctx.actor,
    run,
    scene,
    await statusWithoutVideoClip(tx, scene.id),
    'its clip is ordered anew',
  );
  const money =
    status === 'UNKNOWN' ? ' Nobody knows whether the first one is charged: settle it in the ledger.' : '';
  const message = `Scene ${scene.sceneIndex + 1}: its clip is ordered anew in ${Math.round(waitSeconds)} s (${orderedAnew} of ${MOST_ORDERS_ANEW} times): ${words}${money}`;
  await warn(tx, ctx.actor, run, message, {
    videoClipId: clip.id,
    orderedAnew,
    notBefore: notBefore.toJSON(),
  });
}
