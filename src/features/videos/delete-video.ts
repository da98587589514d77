import { DomainError } from '../../core/errors.ts';
import { scopesOf } from '../../core/scopes.ts';
import type { Video } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keysOfVideo } from '../assets/named-files.sql.ts';
import { removeUnnamed } from '../assets/remove-files.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { isEnded, LIVE_STATUSES } from '../runs/run-state.ts';
import { refuseSecond } from '../runs/run.ts';
import { lockProjectRow } from '../projects/project.sql.ts';
import { lockVideo, requireVideo } from './lock-video.ts';

/**
 * Deletes a film with all that was found in it and cut from it, and their files, also one whose project is gone; its
 * log entries stay. A project keeps its clips: `stitchFilm` makes the film again.
 *
 * Files go after the commit: a crash in between leaves files without a row, which upkeep removes. One that another row
 * names stays.
 *
 * @returns the id of what is gone.
 * @throws {DomainError} `NOT_FOUND` if it is absent or not the actor's; `RUN_IN_PROGRESS` if the run that stitched it
 * has not ended, which would stitch it again, or one that works on it (wait for its end, or cancel it).
 */
export async function deleteVideo(ctx: Ctx, videoId: string): Promise<string> {
  const keys = await ctx.db.$transaction(async (tx) => {
    const video = await lockIdleVideo(tx, ctx.actor, videoId);
    const named = await keysOfVideo(tx, videoId);
    await tx.video.delete({ where: { id: videoId } });
    if (video.projectId !== null) await forget(tx, video.projectId, video);
    await recordAudit(tx, ctx.actor, {
      subject: { type: 'Video', id: videoId },
      scopes: scopesOf({ Project: video.projectId }),
      eventType: 'STATE_CHANGE',
      message: `Film "${video.title}" was deleted from the library.`,
      details: { from: video.reviewStatus, to: null },
    });
    return named;
  });
  await removeUnnamed(ctx, keys);
  return videoId;
}

/** Finds a film of the actor's that nothing works on, and holds it and its project until `tx` ends. */
async function lockIdleVideo(tx: Tx, actor: Actor, videoId: string): Promise<Video> {
  const { projectId } = await requireVideo(tx, actor, videoId);
  if (projectId !== null) await lockProjectRow(tx, projectId);
  // Again: its project, or another who deletes it, may have been faster.
  const video = await lockVideo(tx, actor, videoId);
  const { runId } = video;
  const stitched = runId === null ? null : await tx.pipelineRun.findUnique({ where: { id: runId } });
  if (stitched && !isEnded(stitched.status)) {
    const message = 'The run that stitched it has not ended; wait for its end, or cancel it first.';
    throw new DomainError('RUN_IN_PROGRESS', message, { path: ['videoId'] });
  }
  await refuseSecond(tx, { type: 'Video', id: videoId });
  const bringing = { status: { in: [...LIVE_STATUSES] }, ingest: { videoId } };
  if ((await tx.pipelineRun.count({ where: bringing })) > 0) {
    const message = 'The run that brings it in has not ended; wait for its end, or cancel it first.';
    throw new DomainError('RUN_IN_PROGRESS', message, { path: ['videoId'] });
  }
  return video;
}

/** The newest film of a project is another one then, or none. */
async function forget(tx: Tx, projectId: string, { filePath }: Video): Promise<void> {
  const newest = await tx.video.findFirst({ where: { projectId }, orderBy: { createdAt: 'desc' } });
  await tx.project.updateMany({
    where: { id: projectId, outputPath: filePath },
    data: { outputPath: newest?.filePath ?? null, version: { increment: 1 } },
  });
}
