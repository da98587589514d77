/** The step that draws one frame of one scene. */
import { newId } from '../../core/ids.ts';
import type { Keyframe, KeyframePosition, Project, Scene } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { KeyframeResult } from '../../providers/provider.ts';
import { getProvider } from '../../providers/registry.ts';
import { defineStep } from '../runs/pipeline.ts';
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
};
type Drawn = KeyframeResult & { filePath: string };

/**
 * Draws a scene's first or last frame. The last one is drawn from the first, and becomes the next
 * scene's first frame in the same transaction, without a call.
 */
export const keyframeStep = defineStep<Input, Drawing, Drawn>({
  name: 'keyframe',
  policy: { retryLimit: 5, retryDelaySeconds: 1 },

  async begin(tx, ctx, run, { sceneId, position }) {
    const scene = await tx.scene.findUniqueOrThrow({
      where: { id: sceneId },
      include: { keyframes: { where: CURRENT } },
    });
    if (frameAt(scene.keyframes, position)) return null;
    await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_GENERATING');
    const { projectId } = scene;
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    return { scene, project, sceneCount: await tx.scene.count({ where: { projectId } }), position };
  },

  async work({ storage }, { scene, project, sceneCount, position }, signal) {
    const provider = getProvider(project.provider);
    const first = position === 'END' ? frameAt(scene.keyframes, 'START') : undefined;
    return storage.withTemporary('png', async (toFile) => {
      const result = await provider.drawKeyframe(
        {
          scene: briefOf(scene, project, sceneCount),
          position,
          fromFile: first ? storage.path(first.filePath) : null,
          toFile,
        },
        { signal },
      );
      const extension = result.mimeType === 'image/png' ? 'png' : 'jpg';
      const filePath = `${projectPrefix(project)}/keyframes/${newId()}.${extension}`;
      await storage.keep(toFile, filePath);
      return { ...result, filePath };
    });
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
