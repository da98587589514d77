/** The step that draws one frame of one scene. */
import type { Keyframe, KeyframePosition, Project, Scene } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { KeyframeResult } from '../../providers/provider.ts';
import { getProvider } from '../../providers/registry.ts';
import { freeReservation } from '../budget/reservation.ts';
import { defineStep } from '../runs/pipeline.ts';
import { takeTurn } from '../runs/turn.ts';
import { projectPrefix } from '../storyboards/project.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { briefOf } from '../storyboards/scene.ts';
import { CURRENT, frameAt, insertKeyframe } from './keyframe.ts';

type Input = { sceneId: string; position: KeyframePosition };
type Drawing = {
  scene: Scene & { keyframes: Keyframe[] };
  project: Project;
  sceneCount: number;
  position: KeyframePosition;
  /** How many frames the scene has had at this position. */
  drawnBefore: number;
};
type Drawn = KeyframeResult & { filePath: string };

/**
 * Draws a scene's first or last frame. The last one is drawn from the first, and becomes the next
 * scene's first frame in the same transaction, without a call.
 */
export const keyframeStep = defineStep<Input, Drawing, Drawn>({
  name: 'keyframe',
  tries: { limit: 6, delaySeconds: 1 },

  async begin(tx, ctx, run, { sceneId, position }) {
    const scene = await tx.scene.findUniqueOrThrow({
      where: { id: sceneId },
      include: { keyframes: { where: CURRENT } },
    });
    if (frameAt(scene.keyframes, position)) return null;
    const { projectId } = scene;
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    await takeTurn(tx, run, project.provider, 'KEYFRAME');
    await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_GENERATING');
    const sceneCount = await tx.scene.count({ where: { projectId } });
    const drawnBefore = await tx.keyframe.count({ where: { sceneId, position } });
    return { scene, project, sceneCount, position, drawnBefore };
  },

  async work(ctx, drawing, signal) {
    const { storage } = ctx;
    const { scene, project, sceneCount, position } = drawing;
    const first = position === 'END' ? frameAt(scene.keyframes, 'START') : undefined;
    return storage.withFiles(first ? [first.filePath] : [], ([fromFile = null]) =>
      storage.withTemporary('png', async (toFile) => {
        const result = await getProvider(project.provider).drawKeyframe(
          { scene: briefOf(scene, project, sceneCount), position, fromFile, toFile },
          freeReservation(`${scene.id}:${position}`),
          { signal },
        );
        const filePath = keyOf(drawing, result.mimeType === 'image/png' ? 'png' : 'jpg');
        await refuseLate(ctx, drawing);
        await storage.keep(toFile, filePath);
        return { ...result, filePath };
      }),
    );
  },

  async finish(tx, ctx, run, { sceneId, position }, { promptUsed, filePath, mimeType, width, height }) {
    const scene = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
    const { projectId, sceneIndex } = scene;
    const picture = { filePath, mimeType, width, height };
    const subject = { projectId, runId: run.id, sceneIndex };
    await insertKeyframe(tx, ctx.actor, subject, {
      ...picture,
      sceneId,
      position,
      promptUsed,
      source: 'GENERATED',
    });
    if (position === 'END') await handDown(tx, ctx, run.id, scene, { ...picture, promptUsed });
    await settleScene(tx, ctx, run, sceneId);
  },

  async fail(tx, ctx, run, { sceneId }, { message }) {
    const scene = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
    await moveScene(tx, ctx.actor, run, scene, 'FAILED', message);
  },
});

/** The same when the step is repeated after a crash, another one for every frame that is kept. */
const keyOf = ({ project, scene, position, drawnBefore }: Drawing, extension: string) =>
  `${projectPrefix(project)}/keyframes/${scene.id}-${position}-${drawnBefore}.${extension}`;

/** A worker that was taken for dead comes too late once another has drawn the frame: its file must stay as it is. */
async function refuseLate({ db }: Ctx, { scene, position, drawnBefore }: Drawing): Promise<void> {
  const drawn = await db.keyframe.count({ where: { sceneId: scene.id, position } });
  if (drawn !== drawnBefore) throw new Error('Another worker has drawn this frame meanwhile.');
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

async function settleScene(tx: Tx, ctx: Ctx, run: { id: string }, sceneId: string): Promise<void> {
  const scene = await tx.scene.findUniqueOrThrow({
    where: { id: sceneId },
    include: { keyframes: { where: CURRENT } },
  });
  if (scene.keyframes.length === 2) await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_DONE');
}
