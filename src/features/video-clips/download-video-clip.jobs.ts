/** The step that fetches a finished operation's file. */
import type { PipelineRun, Project, UnkeptVideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keepPatiently } from '../../platform/storage/keep-patiently.ts';
import { isRefusedByDisk, throughRefusals } from '../../platform/storage/refusals.ts';
import { isNotThere, ProviderError } from '../../providers/provider-error.ts';
import { defineStep } from '../runs/engine/step.ts';
import { sceneInput, type SceneInput } from '../projects/step-input.ts';
import { videoClipStepKey } from './step-key.ts';
import { warn } from '../runs/run.ts';
import { notBrought } from '../runs/engine/shelved.ts';
import { bookMeasured } from './video-clip-bill.ts';
import { notesOf } from './provider-notes.ts';
import { requireRemote } from './remote-clips.ts';
import { isDoneAtProvider } from './result-uri.ts';
import { completeVideoClip, failVideoClip } from './settle-video-clip.ts';
import { videoClipKey, readSceneAndVideoClip, type SceneWithClip } from './clip-inputs.ts';
import { bookUnmeasured, keptUntil, loseVideoClip, stopAsking } from './stop-asking.ts';
import { findUnkept, forgetUnkeptVideoClip, keepUnkept } from './unkept-video-clip.ts';

type Finished = { videoClipId: string; uri: string; project: Project; unkept: UnkeptVideoClip | null };
/** A refusal is the provider's: at this address it has nothing, or not yet; or there never was one (`isLost`). */
type Refused = { refusal: string; isLost: boolean; project: Project };
type Downloaded = { localPath: string; durationSeconds: number; wasUnkept: boolean } | Refused;

/**
 * Fetches a clip at once when it is done: providers keep a file about two days. Free, so a torn one is fetched again. Of
 * one that is not to be had the provider is asked for the address again, for as long as it keeps files: it is paid for. A
 * film that waits on a shelf is kept from there.
 */
export const downloadVideoClipStep = defineStep<SceneInput, Finished, Downloaded>({
  name: 'download-clip',
  input: sceneInput,
  key: videoClipStepKey,
  retryPolicy: { limit: 6, delaySeconds: 1 },

  async begin(tx, _ctx, _run, { sceneId }) {
    const { scene, clip } = await readSceneAndVideoClip(tx, sceneId);
    if (clip.status !== 'POLLING' || !isDoneAtProvider(clip)) return null;
    const project = await tx.project.findUniqueOrThrow({ where: { id: scene.projectId } });
    return { videoClipId: clip.id, uri: clip.resultUri, project, unkept: await findUnkept(tx, clip) };
  },

  async work(ctx, { videoClipId, uri, project, unkept }, signal) {
    const { storage } = ctx;
    if (unkept && (await keepUnkept(ctx, unkept)))
      return { localPath: unkept.filePath, durationSeconds: unkept.durationSeconds, wasUnkept: true };
    const notes = notesOf(ctx, project);
    const fetchAndKeep = () =>
      storage.withTemporary('mp4', async (file) => {
        const { durationSeconds } = await requireRemote(project).download(uri, file, { signal, notes });
        const localPath = await videoClipKey(ctx, project, videoClipId);
        await keepPatiently(storage, file, localPath, signal);
        return { localPath, durationSeconds, wasUnkept: false };
      });
    try {
      return await throughRefusals(fetchAndKeep, { mayPass: isRefusedByDisk, signal });
    } catch (error) {
      if (!(error instanceof ProviderError) || !isNotThere(error)) throw error;
      const refusal = unkept ? `${error.message} Besides, ${notBrought(unkept)}.` : error.message;
      return { refusal, isLost: error.code === 'VIDEO_CLIP_LOST', project };
    }
  },

  async finish(tx, ctx, run, { sceneId }, downloaded) {
    const sceneWithClip = await readSceneAndVideoClip(tx, sceneId);
    if ('refusal' in downloaded) {
      if (downloaded.isLost) await loseVideoClip(tx, ctx, run, sceneWithClip, downloaded.refusal);
      else await askForItAgain(tx, ctx, run, sceneWithClip, downloaded);
      return;
    }
    const { localPath, durationSeconds, wasUnkept } = downloaded;
    if (!wasUnkept) await bookMeasured(tx, ctx, run, sceneWithClip, durationSeconds);
    await forgetUnkeptVideoClip(tx, sceneWithClip.clip);
    await completeVideoClip(tx, ctx, run, sceneWithClip, { localPath, durationSeconds });
  },

  // What was paid for is still there: it is asked about again, not bought anew.
  async fail(tx, ctx, run, { sceneId }, { message }) {
    const sceneWithClip = await readSceneAndVideoClip(tx, sceneId);
    await bookUnmeasured(tx, ctx.actor, sceneWithClip);
    await failVideoClip(tx, ctx, run, sceneWithClip, 'TIMED_OUT', message);
  },
});

async function askForItAgain(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  sceneWithClip: SceneWithClip,
  { refusal, project }: Refused,
): Promise<void> {
  const { scene, clip } = sceneWithClip;
  const clips = requireRemote(project);
  const until = keptUntil(clip, clips);
  const isOver = until !== null && until.getTime() < Date.now();
  if (isOver || clip.pollCount >= clips.maxPolls)
    return stopAsking(tx, ctx, run, sceneWithClip, clips, { why: refusal, isNotThere: true });
  const nextPollAt = new Date(Date.now() + clips.pollSeconds * 1_000);
  await tx.videoClip.update({ where: { id: clip.id }, data: { resultUri: null, nextPollAt } });
  const message = `Scene ${scene.sceneIndex + 1}: its finished clip could not be fetched, and its address is asked for again in ${clips.pollSeconds} s: ${refusal}`;
  await warn(tx, ctx.actor, run, message, { videoClipId: clip.id });
}
