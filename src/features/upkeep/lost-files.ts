/** Rows whose file is gone: somebody removed it, or a disk was lost. */
import { scopesOf } from '../../core/scopes.ts';
import type { Prisma, Project, Scene } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { CURRENT_CLIP } from '../video-clips/current-clip.ts';
import { CURRENT_FRAME, statusWith } from '../keyframes/keyframe.ts';
import { supersedeFrame } from '../keyframes/supersede-frame.ts';
import type { Why } from '../revisions/supersede.ts';
import { supersedeVideoClip } from '../video-clips/supersede-video-clip.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { type NamedFile, nounOf, readNamedFiles } from './all-files.ts';
import { whileIdle } from './reconcile-turn.ts';

/**
 * Brings the rows in line with what is there, so that another run makes again what is gone, and tells it in the log.
 * Spends nothing itself.
 *
 * A lost clip is superseded and its scene goes back; so is a lost frame of a scene that has no clip. A film, a frame
 * whose clip is there, and a reference image, which only a person can give again, are only told of, once.
 *
 * @param suspects current rows whose files were not in the listing.
 * @returns how many losses it told of: those of earlier rounds are not among them.
 */
export async function noticeLost(
  ctx: Ctx,
  suspects: NamedFile[],
  signal: AbortSignal | undefined,
): Promise<number> {
  let lost = 0;
  for (const [projectId, rows] of Map.groupBy(suspects, (row) => row.projectId)) {
    signal?.throwIfAborted();
    const gone = await confirm(ctx, rows);
    if (gone.length === 0) continue;
    lost +=
      projectId === null
        ? await ctx.db.$transaction(async (tx) => tellEach(tx, ctx.actor, await stillNamed(tx, gone)))
        : ((await reconcileProject(ctx, projectId, gone)) ?? 0);
  }
  return lost;
}

async function confirm({ storage }: Ctx, rows: NamedFile[]): Promise<NamedFile[]> {
  const sizes = await Promise.all(rows.map(({ key }) => storage.size(key)));
  return rows.filter((_row, index) => sizes[index] === null);
}

/** Those of `rows` that are there still: a person may have deleted a film, row and file, since they were read. */
async function stillNamed(tx: Tx, rows: NamedFile[]): Promise<NamedFile[]> {
  const named = new Set((await readNamedFiles(tx, null)).map(({ key }) => key));
  return rows.filter(({ key }) => named.has(key));
}

async function reconcileProject(ctx: Ctx, projectId: string, gone: NamedFile[]): Promise<number | null> {
  const ids = new Set(gone.map(({ id }) => id));
  return whileIdle(ctx, projectId, async (tx, project) => {
    const rows = (await readNamedFiles(tx, projectId)).filter(
      ({ id, isCurrent }) => isCurrent && ids.has(id),
    );
    const lost = rows.filter(({ key }) => gone.some((row) => row.key === key));
    if (!project || lost.length === 0) return 0;
    const actor = { ...ctx.actor, workspaceId: project.workspaceId };
    const isLost = (row: { id: string }) => lost.some(({ id }) => id === row.id);
    const reopened: Scene[] = [];
    const reconciled = new Set<string>();
    const scenes = await tx.scene.findMany({ where: { projectId }, orderBy: { sceneIndex: 'asc' } });
    for (const scene of scenes) {
      const superseded = await reconcileScene(tx, actor, scene, isLost);
      if (superseded.length > 0) reopened.push(scene);
      for (const id of superseded) reconciled.add(id);
    }
    if (reopened.length > 0) await tellProject(tx, actor, project, reopened, lost);
    const others = lost.filter(({ id }) => !reconciled.has(id));
    return reconciled.size + (await tellEach(tx, actor, others));
  });
}

const GONE: Why = { because: 'FILE_LOST', reason: 'Its file is gone from the storage.' };

/** @returns ids of the frames and clips that no longer count. */
async function reconcileScene(
  tx: Tx,
  actor: Actor,
  scene: Scene,
  isLost: (row: { id: string }) => boolean,
): Promise<string[]> {
  const where = { sceneId: scene.id };
  const clips = await tx.videoClip.findMany({
    where: { ...where, ...CURRENT_CLIP, status: 'COMPLETE' },
  });
  const lostVideoClips = clips.filter(isLost).map(({ id }) => id);
  const frames = await tx.keyframe.findMany({ where: { ...where, ...CURRENT_FRAME } });
  // With its clip there, nothing asks for a frame; drawn anew, it would show something else than the clip.
  const isFilmed = clips.length > lostVideoClips.length;
  const lostFrames = isFilmed ? [] : frames.filter(isLost).map(({ id }) => id);
  if (lostVideoClips.length === 0 && lostFrames.length === 0) return [];

  for (const id of lostVideoClips) await supersedeVideoClip(tx, actor, null, scene, { id }, GONE);
  for (const id of lostFrames) await supersedeFrame(tx, actor, null, scene, { id }, GONE);
  const status = statusWith(frames.filter((frame) => !lostFrames.includes(frame.id)));
  // A failed scene is picked up by the next run from where its frames are, as always.
  if (scene.status === 'VIDEO_DONE' || scene.status === 'KEYFRAMES_DONE')
    await moveScene(tx, actor, null, scene, status, 'a file is gone from the storage');
  return [...lostVideoClips, ...lostFrames];
}

/** On the project too: one that lacks something and says so lets another run be launched. */
async function tellProject(
  tx: Tx,
  actor: Actor,
  { id, errorMessage }: Project,
  scenes: Scene[],
  lost: NamedFile[],
): Promise<void> {
  const numbers = scenes.map(({ sceneIndex }) => sceneIndex + 1);
  const which = `scene${numbers.length > 1 ? 's' : ''} ${numbers.join(', ')}`;
  const message = `Files of ${which} are gone from the storage; another run makes them again.`;
  const data: Prisma.ProjectUpdateInput = {
    errorMessage: errorMessage === null ? message : `${errorMessage} ${message}`,
    version: { increment: 1 },
  };
  const { version } = await tx.project.update({ where: { id }, data });
  await recordAudit(tx, actor, {
    subject: { type: 'Project', id },
    scopes: scopesOf({ Project: id }),
    eventType: 'ERROR',
    level: 'WARNING',
    version,
    message,
    details: { scenes: numbers, lostFiles: lost.map(({ key }) => key) },
  });
}

/** @returns how many it told of; what was told before is left out. */
async function tellEach(tx: Tx, actor: Actor, rows: NamedFile[]): Promise<number> {
  let told = 0;
  for (const { type, id, workspaceId, projectId, key } of rows) {
    const subject = { subjectType: type, subjectId: id, workspaceId };
    const details = { path: ['lostFile'], equals: key };
    if ((await tx.auditLog.count({ where: { ...subject, details } })) > 0) continue;
    told += 1;
    await recordAudit(
      tx,
      { ...actor, workspaceId },
      {
        subject: { type, id },
        scopes: scopesOf({ Project: projectId }),
        eventType: 'ERROR',
        level: 'WARNING',
        message: `${nounOf(type)} is gone from the storage: ${key}.`,
        details: { lostFile: key },
      },
    );
  }
  return told;
}
