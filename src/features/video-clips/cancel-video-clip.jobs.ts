/** Asks a provider to stop an operation of a cancelled run. */
import type { PipelineRun, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { statusWithoutVideoClip } from '../keyframes/keyframe.ts';
import { actFor } from '../runs/engine/act-for.ts';
import type { ClaimedJob } from '../runs/engine/job.ts';
import { warn } from '../runs/run.ts';
import { LIVE_STATUSES } from '../runs/run-state.ts';
import { lockRun } from '../runs/run.sql.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { bookVideoClip } from './video-clip-bill.ts';
import { requireRemote } from './remote-clips.ts';
import { bookingOf } from './verdict-rules.ts';
import { moveVideoClip } from './video-clip-state.ts';

/** Its queue; not a step of a run, for the run has ended. */
export const CANCEL_VIDEO_CLIP = 'cancel-clip';

/** Milliseconds a provider has to answer. */
const CANCEL_LIMIT_MS = 20_000;

/** Enqueues it within `tx`. */
export const sendCancelVideoClip = (tx: Tx, ctx: Ctx, run: Pick<PipelineRun, 'id'>, videoClipId: string) =>
  ctx.queue.send(tx, CANCEL_VIDEO_CLIP, videoClipId, { runId: run.id, key: videoClipId, input: {} });

/**
 * Cancels a clip's operation where its provider can; the clip then counts as failed. Where it cannot, the operation
 * keeps its name, and a later run takes up what was paid for; so it does with what is done and waits to be fetched. A
 * project that has a live run again is left alone.
 */
export async function cancelVideoClip(ctx: Ctx, job: Pick<ClaimedJob, 'data'>): Promise<void> {
  const { key: videoClipId } = job.data;
  const found = await ctx.db.videoClip.findUnique({
    where: { id: videoClipId },
    include: { scene: { include: { project: true } } },
  });
  if (!found?.operationName || (await isWantedAgain(ctx, found.scene.projectId))) return;
  if (isDone(found)) return bookDone(ctx, found);
  const bill = await requireRemote(found.scene.project).cancel(found.operationName, {
    signal: AbortSignal.timeout(CANCEL_LIMIT_MS),
  });
  await ctx.db.$transaction(async (tx) => {
    const run = await lockRun(tx, job.data.runId);
    const clip = await tx.videoClip.findUniqueOrThrow({ where: { id: videoClipId } });
    if (!run || isDone(clip) || (clip.status !== 'SUBMITTED' && clip.status !== 'POLLING')) return;
    const { scene } = found;
    const { actor } = actFor(ctx, run);
    if (bill === null) {
      const message = `Scene ${scene.sceneIndex + 1}: the provider cannot stop operation ${clip.operationName}; a later run takes it up.`;
      return warn(tx, actor, run, message, { videoClipId });
    }
    const data = { errorMessage: 'Cancelled at the provider.', completedAt: new Date(), nextPollAt: null };
    await bookVideoClip(tx, actor, clip, bookingOf('FAILED', bill) ?? 'UNKNOWN');
    await moveVideoClip(tx, actor, run, scene, clip, 'FAILED', data);
    const status = await statusWithoutVideoClip(tx, scene.id);
    await moveScene(tx, actor, run, scene, status, 'its clip was cancelled');
  });
}

/** Nobody measures it before a later run fetches it: what was set aside is charged until then, and stays so. */
const bookDone = async ({ db, actor }: Ctx, clip: VideoClip & { scene: Scene }): Promise<void> => {
  await db.$transaction((tx) => bookVideoClip(tx, actor, clip, 'CHARGED'));
};

/** Whether its provider has said that it is: it is charged. */
const isDone = ({ doneAt }: Pick<VideoClip, 'doneAt'>): boolean => doneAt !== null;

const isWantedAgain = async ({ db }: Ctx, projectId: string) =>
  (await db.pipelineRun.count({ where: { projectId, status: { in: [...LIVE_STATUSES] } } })) > 0;
