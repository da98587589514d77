/** The step that makes one scene's clip. */
import type { Keyframe, Project, Scene } from '../../generated/prisma/client.ts';
import { getProvider } from '../../providers/registry.ts';
import { frameAt, CURRENT as CURRENT_FRAMES } from '../keyframes/keyframe.ts';
import { defineStep } from '../runs/pipeline.ts';
import { projectPrefix } from '../storyboards/project.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { briefOf } from '../storyboards/scene.ts';
import { moveClip } from './video-clip-state.ts';
import { CURRENT, takeClip } from './video-clip.ts';

type Shot = {
  clipId: string;
  scene: Scene;
  project: Project;
  sceneCount: number;
  start: Keyframe;
  end: Keyframe;
};
type Rendered = { localPath: string; durationSeconds: number };

/** Renders a scene's clip from its two frames and stores it. */
export const clipStep = defineStep<{ sceneId: string }, Shot, Rendered>({
  name: 'clip',
  policy: { retryLimit: 2, retryDelaySeconds: 1 },

  async begin(tx, ctx, run, { sceneId }) {
    const scene = await tx.scene.findUniqueOrThrow({
      where: { id: sceneId },
      include: { keyframes: { where: CURRENT_FRAMES } },
    });
    const [start, end] = [frameAt(scene.keyframes, 'START'), frameAt(scene.keyframes, 'END')];
    if (!start || !end) throw new Error(`Scene ${sceneId} has no frames to make a clip from.`);
    const clip = await takeClip(tx, ctx.actor, run, scene);
    if (clip.status === 'COMPLETE') return null;
    await moveScene(tx, ctx.actor, run, scene, 'VIDEO_GENERATING');
    await moveClip(tx, ctx.actor, run, scene, clip, 'SUBMITTED');
    const { projectId } = scene;
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    const sceneCount = await tx.scene.count({ where: { projectId } });
    return { clipId: clip.id, scene, project, sceneCount, start, end };
  },

  async work({ storage }, { clipId, scene, project, sceneCount, start, end }, signal) {
    const provider = getProvider(project.provider);
    return storage.withTemporary('mp4', async (toFile) => {
      const { durationSeconds } = await provider.renderClip(
        {
          scene: briefOf(scene, project, sceneCount),
          startFrameFile: storage.path(start.filePath),
          endFrameFile: storage.path(end.filePath),
          durationSeconds: project.targetClipDuration,
          toFile,
        },
        { signal },
      );
      const localPath = `${projectPrefix(project)}/clips/${clipId}.mp4`;
      await storage.keep(toFile, localPath);
      return { localPath, durationSeconds };
    });
  },

  async finish(tx, ctx, run, { sceneId }, rendered) {
    const scene = await tx.scene.findUniqueOrThrow({
      where: { id: sceneId },
      include: { clips: { where: CURRENT } },
    });
    for (const clip of scene.clips) {
      await moveClip(tx, ctx.actor, run, scene, clip, 'COMPLETE', { ...rendered, completedAt: new Date() });
    }
    await moveScene(tx, ctx.actor, run, scene, 'VIDEO_DONE');
  },

  async fail(tx, ctx, run, { sceneId }, { message }) {
    const scene = await tx.scene.findUniqueOrThrow({
      where: { id: sceneId },
      include: { clips: { where: CURRENT } },
    });
    for (const clip of scene.clips) {
      await moveClip(tx, ctx.actor, run, scene, clip, 'FAILED', {
        errorMessage: message,
        completedAt: new Date(),
      });
    }
    await moveScene(tx, ctx.actor, run, scene, 'FAILED', message);
  },
});
