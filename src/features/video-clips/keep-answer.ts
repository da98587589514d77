/** Keeping what a provider answered to the purchase of a clip: the name of its operation, perhaps the film, or a refusal. */
import type { PipelineRun, Prisma, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { SafetyRefusal } from '../../providers/clip-verdict.ts';
import type { BoughtClip } from '../../providers/capabilities/clip.ts';
import type { Purchase } from '../budget/reservation.ts';
import { warn } from '../runs/run.ts';
import type { RateSlot } from '../runs/engine/rate-slot.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { sendCancelVideoClip } from './cancel-video-clip.jobs.ts';
import { bookMeasured } from './video-clip-bill.ts';
import { keepVerdict } from './keep-verdict.ts';
import { refuseVideoClip } from './refuse-video-clip.ts';
import { requireRemote } from './remote-clips.ts';
import { completeVideoClip } from './settle-video-clip.ts';
import { readSceneAndVideoClip, type ClipInputs, type SceneWithClip } from './clip-inputs.ts';
import { type BoughtVideoClip, noteUnkept } from './unkept-video-clip.ts';
import { moveVideoClip } from './video-clip-state.ts';

/** A clip that is asked for. */
export type Submission = ClipInputs & { clip: VideoClip; slot: RateSlot | null; purchase: Purchase };
/** The provider's answer; a refusal is the safety filter's. */
export type Answer = BoughtVideoClip | { refusal: SafetyRefusal };

/** Writes the answer to the clip that waits for it. */
export async function keepAnswer(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { scene, clip }: SceneWithClip,
  answer: Answer,
): Promise<void> {
  if ('refusal' in answer) return refuseVideoClip(tx, ctx, run, { scene, clip }, answer.refusal);
  await moveVideoClip(tx, ctx.actor, run, scene, clip, 'SUBMITTED', await operationOf(tx, scene, answer));
  await keepWord(tx, ctx, run, scene, answer);
}

/** What the answer says of the clip itself, as if it had been asked about. */
async function keepWord(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { id: sceneId, projectId }: Scene,
  { verdict, filmAt }: BoughtVideoClip,
): Promise<void> {
  if (!verdict) return;
  const { provider } = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
  const sceneWithClip = await readSceneAndVideoClip(tx, sceneId);
  await keepVerdict(tx, ctx, { run, ...sceneWithClip, clips: requireRemote({ provider }) }, verdict);
  if (verdict.verdict !== 'FILM' || !filmAt) return;
  const done = await readSceneAndVideoClip(tx, sceneId);
  const { localPath, durationSeconds } = filmAt;
  await bookMeasured(tx, ctx, run, done, durationSeconds);
  if (filmAt.isOnShelf) await noteUnkept(tx, done.clip, filmAt);
  else await completeVideoClip(tx, ctx, run, done, { localPath, durationSeconds });
}

/** The name of its operation, and when it is asked about next. */
export async function operationOf(
  tx: Tx,
  { projectId }: Pick<Scene, 'projectId'>,
  { operationName }: Pick<BoughtClip, 'operationName'>,
): Promise<Prisma.VideoClipUncheckedUpdateManyInput> {
  const { provider } = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
  const { pollSeconds } = requireRemote({ provider });
  return { operationName, nextPollAt: new Date(Date.now() + pollSeconds * 1_000) };
}

/**
 * The run was stopped, or this worker was thought dead, while the provider answered. The clip that waits for this very
 * call takes the answer, also once it was given up as UNKNOWN: the answer came after all. Where it has gone another way
 * meanwhile, the log keeps what was bought.
 */
export async function keepLateAnswer(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { scene: { id: sceneId }, clip: asked }: Submission,
  answer: Answer,
): Promise<void> {
  const sceneWithClip = await readSceneAndVideoClip(tx, sceneId);
  const { scene, clip } = sceneWithClip;
  const isBought = !('refusal' in answer);
  if (isWaiting(clip, asked)) await keepAnswer(tx, ctx, run, sceneWithClip, answer);
  else if (!isBought || clip.operationName === answer.operationName) return;
  else if (isGivenUp(clip, asked)) await takeUp(tx, ctx, run, sceneWithClip, answer);
  else {
    const details = { sceneIndex: scene.sceneIndex, videoClipId: asked.id, ...answer };
    const message = `The provider's answer for scene ${scene.sceneIndex + 1} came late: operation ${answer.operationName}.`;
    return warn(tx, ctx.actor, run, message, details);
  }
  if (run.status === 'CANCELLED' && isBought) await sendCancelVideoClip(tx, ctx, run, clip.id);
}

const isWaiting = (clip: VideoClip, asked: VideoClip): boolean =>
  clip.id === asked.id && clip.status === 'SUBMITTING' && clip.version === asked.version;

/** It has moved once since it was asked for. */
const isGivenUp = (clip: VideoClip, asked: VideoClip): boolean =>
  clip.id === asked.id && clip.status === 'UNKNOWN' && clip.version === asked.version + 1;

/** Its money stays set aside, until the provider says how it ends. */
async function takeUp(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { scene, clip }: SceneWithClip,
  answer: BoughtVideoClip,
): Promise<void> {
  const { actor } = ctx;
  const operation = await operationOf(tx, scene, answer);
  const open = { ...operation, errorMessage: null, completedAt: null };
  await moveVideoClip(tx, actor, run, scene, clip, 'POLLING', open);
  await moveScene(tx, actor, run, scene, 'VIDEO_GENERATING', 'the answer for its clip came late');
  await keepWord(tx, ctx, run, scene, answer);
}
