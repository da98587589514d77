/** The step that renders a scene's clip on this machine. */
import { keepPatiently } from '../../platform/storage/keep-patiently.ts';
import { requireCapability } from '../../providers/registry.ts';
import { defineStep } from '../runs/engine/step.ts';
import { sceneInput, type SceneInput } from '../projects/step-input.ts';
import { videoClipStepKey } from './step-key.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { keepSpoken } from '../storyboards/speech.ts';
import { completeVideoClip, failVideoClip } from './settle-video-clip.ts';
import {
  videoClipKey,
  readSceneAndVideoClip,
  readClipInputs,
  type ClipInputs,
  withFrames,
} from './clip-inputs.ts';
import { moveVideoClip } from './video-clip-state.ts';
import { takeVideoClip } from './video-clip.ts';

type Rendered = { localPath: string; durationSeconds: number; spoken: string | null | undefined };

/** Renders a scene's clip from its two frames and stores it. */
export const renderVideoClipStep = defineStep<SceneInput, ClipInputs & { videoClipId: string }, Rendered>({
  name: 'render-clip',
  input: sceneInput,
  key: videoClipStepKey,
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, ctx, run, { sceneId }) {
    const { scene, clip } = await takeVideoClip(tx, ctx.actor, run, sceneId);
    if (clip.status === 'COMPLETE') return null;
    await moveScene(tx, ctx.actor, run, scene, 'VIDEO_GENERATING');
    await moveVideoClip(tx, ctx.actor, run, scene, clip, 'SUBMITTED');
    return { ...(await readClipInputs(tx, scene)), videoClipId: clip.id };
  },

  async work(ctx, { videoClipId, ...inputs }, signal) {
    const clips = requireCapability(inputs.project.provider, 'CLIP');
    if (clips.kind !== 'LOCAL') throw new Error(`${inputs.project.provider} does not render here.`);
    return ctx.storage.withTemporary('mp4', (toFile) =>
      withFrames(ctx, inputs, async (request) => {
        const { durationSeconds, spoken } = await clips.render({ ...request, toFile }, { signal });
        const localPath = await videoClipKey(ctx, inputs.project, videoClipId);
        await keepPatiently(ctx.storage, toFile, localPath, signal);
        return { localPath, durationSeconds, spoken };
      }),
    );
  },

  async finish(tx, ctx, run, { sceneId }, { spoken, ...file }) {
    const sceneWithClip = await readSceneAndVideoClip(tx, sceneId);
    if (spoken !== undefined) await keepSpoken(tx, ctx.actor, run, sceneWithClip.scene, spoken);
    await completeVideoClip(tx, ctx, run, sceneWithClip, file);
  },

  async fail(tx, ctx, run, { sceneId }, { message }) {
    await failVideoClip(tx, ctx, run, await readSceneAndVideoClip(tx, sceneId), 'FAILED', message);
  },
});
