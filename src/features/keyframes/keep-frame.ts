/** Keeping a frame that was drawn: its row, the next scene's first frame, and how far the scene is. */
import type { KeyframePosition, PipelineRun, SceneStatus } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { settleCall } from '../runs/engine/settle-call.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { findPlace, type Place } from './drawing.sql.ts';
import { frameAt, insertKeyframe } from './keyframe.ts';
import { forgetUnkept } from './unkept-frame.ts';
import type { Drawing, Drawn } from './drawing.ts';

/** Writes the frame, and what follows from it for its scene and the next one. */
export async function keepFrame(
  tx: Tx,
  { actor }: Ctx,
  run: PipelineRun,
  sceneId: string,
  position: KeyframePosition,
  drawn: Drawn,
): Promise<void> {
  const place = await findPlace(tx, sceneId);
  if (!place) throw new Error(`Scene ${sceneId} is gone.`);
  await insertFrame(tx, actor, run, place, position, drawn);
  if (drawn.wasUnkept) await forgetUnkept(tx, sceneId, [position]);
  if (hasOther(place)) await moveScene(tx, actor, run, place.scene, 'KEYFRAMES_DONE');
}

/**
 * The run was stopped, or this worker was thought dead, while the provider drew. The bill is settled, and the frame
 * kept where none has taken its place; a scene that was given up meanwhile can go on.
 */
export async function keepLateFrame(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { scene: { id: sceneId }, position, drawnBefore }: Drawing,
  drawn: Drawn,
): Promise<void> {
  await settleCall(tx, ctx, run, 'KEYFRAME', drawn.purchase, drawn);
  const place = await findPlace(tx, sceneId);
  if (!place || (await tx.keyframe.count({ where: { sceneId, position } })) !== drawnBefore) return;
  await insertFrame(tx, ctx.actor, run, place, position, drawn);
  let { status } = place.scene;
  const move = async (to: SceneStatus, why?: string) => {
    await moveScene(tx, ctx.actor, run, { id: sceneId, status }, to, why);
    status = to;
  };
  if (status === 'FAILED') await move('PENDING', 'its frame came late');
  if (!hasOther(place)) return;
  await move('KEYFRAMES_GENERATING');
  await move('KEYFRAMES_DONE');
}

/** Whether a scene had its other frame already, when it got this one. */
const hasOther = ({ keyframes }: Place) => keyframes.length === 1;

/** The end of a scene is the start of the next (DOMAIN, Studio step 2). */
async function insertFrame(
  tx: Tx,
  actor: Actor,
  run: PipelineRun,
  { scene, next }: Place,
  position: KeyframePosition,
  { promptUsed, filePath, mimeType, width, height, fitted }: Drawn,
): Promise<void> {
  const picture = { filePath, mimeType, width, height, promptUsed };
  const subject = { projectId: scene.projectId, runId: run.id, sceneIndex: scene.sceneIndex, fitted };
  await insertKeyframe(tx, actor, subject, { ...picture, sceneId: scene.id, position, source: 'GENERATED' });
  if (position === 'START' || !next || frameAt(next.keyframes, 'START')) return;
  const nextSubject = { ...subject, sceneIndex: next.scene.sceneIndex };
  const inherited = { ...picture, position: 'START', source: 'INHERITED' } as const;
  await insertKeyframe(tx, actor, nextSubject, { ...inherited, sceneId: next.scene.id });
}
