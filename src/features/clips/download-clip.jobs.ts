/** The step that fetches a finished operation's file. */
import type { Project } from '../../generated/prisma/client.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import { defineStep } from '../runs/pipeline.ts';
import { requireRemote } from './remote-clips.ts';
import { completeShot, failShot } from './settle-shot.ts';
import { clipKey, readSceneAndClip } from './shot.ts';

type Finished = { clipId: string; uri: string; project: Project };
type Downloaded = { localPath: string; durationSeconds: number };

/** Fetches a clip at once when it is done: providers keep a file about two days. Free, so a torn one is fetched again. */
export const downloadClipStep = defineStep<{ sceneId: string }, Finished, Downloaded>({
  name: 'download-clip',
  tries: { limit: 6, delaySeconds: 1 },

  async begin(tx, _ctx, _run, { sceneId }) {
    const { scene, clip } = await readSceneAndClip(tx, sceneId);
    if (clip.status !== 'POLLING' || clip.gcsUri === null) return null;
    const project = await tx.project.findUniqueOrThrow({ where: { id: scene.projectId } });
    return { clipId: clip.id, uri: clip.gcsUri, project };
  },

  async work({ storage }, { clipId, uri, project }, signal) {
    return storage.withTemporary('mp4', async (file) => {
      const { durationSeconds } = await requireRemote(project).download(uri, file, { signal });
      const localPath = clipKey(project, clipId);
      await storage.keep(file, localPath);
      return { localPath, durationSeconds };
    });
  },

  async finish(tx, ctx, run, { sceneId }, downloaded) {
    await completeShot(tx, ctx, run, await readSceneAndClip(tx, sceneId), downloaded);
  },

  // Unless its file is gone, what was paid for is still there: it is asked about again, not bought anew.
  async fail(tx, ctx, run, { sceneId }, { message, cause }) {
    const isGone = cause instanceof ProviderError && cause.outcome === 'REFUSED';
    const status = isGone ? 'FAILED' : 'TIMED_OUT';
    await failShot(tx, ctx, run, await readSceneAndClip(tx, sceneId), status, message);
  },
});
