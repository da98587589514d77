/** What a clip is made from, and where it goes. */
import type { Project, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ClipOrder, ClipRequest } from '../../providers/capabilities/clip.ts';
import { fileKeys } from '../assets/file-keys.ts';
import { lentReferences } from '../references/lend-references.ts';
import { briefOf } from '../storyboards/scene.ts';
import { findSceneAndVideoClip, findShot, type ShotRows } from './shot.sql.ts';

export type Shot = ShotRows & { scene: Scene };

/** Reads all that a scene's clip is made from. */
export async function readShot(tx: Tx, scene: Scene): Promise<Shot> {
  const rows = await findShot(tx, scene.id);
  if (!rows) throw new Error(`Scene ${scene.id} is gone.`);
  return { scene, ...rows };
}

type Lender = Pick<Ctx, 'storage'>;

const wordsOf = ({ scene, project, sceneCount }: Shot) => ({
  scene: briefOf(scene, project, sceneCount),
  durationSeconds: project.targetClipDuration,
});

/** Lends a shot's frames on this machine; the plan asks for a clip from them only once both are there. */
export async function withFrames<Result>(
  { storage }: Lender,
  shot: Shot,
  use: (request: Omit<ClipRequest, 'toFile'>) => Promise<Result>,
): Promise<Result> {
  if (!shot.frames) throw new Error(`Scene ${shot.scene.id} has no frames to make a clip from.`);
  const { start, end } = shot.frames;
  return storage.withFiles([start.filePath, end.filePath], ([startFrameFile = '', endFrameFile = '']) =>
    use({ ...wordsOf(shot), startFrameFile, endFrameFile }),
  );
}

/** Lends a provider's order for a shot, what it is filmed from on this machine. */
export function withOrder<Result>(
  lender: Lender,
  shot: Shot,
  use: (order: ClipOrder) => Promise<Result>,
): Promise<Result> {
  const { project, references } = shot;
  if (project.clipsFrom === 'KEYFRAMES') return withFrames(lender, shot, use);
  const keys = references.map(({ filePath }) => filePath);
  return lender.storage.withFiles(keys, (files) =>
    use({ ...wordsOf(shot), references: lentReferences(references, files) }),
  );
}

/** Storage key of a clip's file: made again after a crash, it takes the same place. */
export async function videoClipKey(
  { db }: Pick<Ctx, 'db'>,
  { workspaceId }: Pick<Project, 'workspaceId'>,
  videoClipId: string,
): Promise<string> {
  return (await fileKeys(db)).keyOf(workspaceId, `video-clip:${videoClipId}`, 'mp4');
}

/** A scene and its current clip, which a step has begun. */
export async function readSceneAndVideoClip(
  tx: Tx,
  sceneId: string,
): Promise<{ scene: Scene; clip: VideoClip }> {
  const { scene, clip } = await findSceneAndVideoClip(tx, sceneId);
  if (!clip) throw new Error(`Scene ${sceneId} has no clip.`);
  return { scene, clip };
}
