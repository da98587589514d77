/** Keeping a frame that was drawn: its row, the next scene's first frame, and how far the scene is. */
import type {
  Keyframe,
  KeyframePosition,
  PipelineRun,
  Project,
  Scene,
} from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Receipt } from '../../providers/price.ts';
import type { KeyframeResult } from '../../providers/provider.ts';
import type { Order } from '../budget/reservation.ts';
import { settleCall } from '../runs/settle-call.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { CURRENT, frameAt, insertKeyframe } from './keyframe.ts';

/** What a frame is drawn from. */
export type Drawing = {
  scene: Scene & { keyframes: Keyframe[] };
  project: Project;
  sceneCount: number;
  position: KeyframePosition;
  /** How many frames the scene has had at this position. */
  drawnBefore: number;
  order: Order;
};
/** A frame that is in the storage, and its bill. */
export type Drawn = KeyframeResult & Receipt & { filePath: string; order: Order };

/** Writes the frame, and what follows from it for the next scene. */
export async function keepFrame(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  sceneId: string,
  position: KeyframePosition,
  { promptUsed, filePath, mimeType, width, height }: Drawn,
): Promise<void> {
  const scene = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
  const { projectId, sceneIndex } = scene;
  const picture = { filePath, mimeType, width, height, promptUsed };
  const subject = { projectId, runId: run.id, sceneIndex };
  await insertKeyframe(tx, ctx.actor, subject, { ...picture, sceneId, position, source: 'GENERATED' });
  if (position === 'END') await handDown(tx, ctx, run.id, scene, picture);
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
  await settleCall(tx, ctx, run, 'KEYFRAME', drawn.order, drawn);
  const scene = await tx.scene.findUnique({ where: { id: sceneId } });
  if (!scene || (await tx.keyframe.count({ where: { sceneId, position } })) !== drawnBefore) return;
  await keepFrame(tx, ctx, run, sceneId, position, drawn);
  if (scene.status === 'FAILED') await moveScene(tx, ctx.actor, run, scene, 'PENDING', 'its frame came late');
  if ((await tx.keyframe.count({ where: { sceneId, ...CURRENT } })) < 2) return;
  const now = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
  await moveScene(tx, ctx.actor, run, now, 'KEYFRAMES_GENERATING');
  await settleScene(tx, ctx, run, sceneId);
}

type Picture = Pick<Keyframe, 'filePath' | 'mimeType' | 'width' | 'height' | 'promptUsed'>;

/** The end of a scene is the start of the next (DOMAIN, Studio step 2). */
async function handDown(tx: Tx, ctx: Ctx, runId: string, scene: Scene, picture: Picture): Promise<void> {
  const next = await tx.scene.findUnique({
    where: { projectId_sceneIndex: { projectId: scene.projectId, sceneIndex: scene.sceneIndex + 1 } },
    include: { keyframes: { where: CURRENT } },
  });
  if (!next || frameAt(next.keyframes, 'START')) return;
  const subject = { projectId: scene.projectId, runId, sceneIndex: next.sceneIndex };
  await insertKeyframe(tx, ctx.actor, subject, {
    ...picture,
    sceneId: next.id,
    position: 'START',
    source: 'INHERITED',
  });
}

/** A scene with both frames is ready to be filmed. */
export async function settleScene(tx: Tx, ctx: Ctx, run: { id: string }, sceneId: string): Promise<void> {
  const scene = await tx.scene.findUniqueOrThrow({
    where: { id: sceneId },
    include: { keyframes: { where: CURRENT } },
  });
  if (scene.keyframes.length === 2) await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_DONE');
}
