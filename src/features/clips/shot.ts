/** What a clip is made from, and where it goes. */
import type { Project, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ClipRequest } from '../../providers/provider.ts';
import { projectPrefix } from '../storyboards/project.ts';
import { briefOf } from '../storyboards/scene.ts';
import { findSceneAndClip, findShot, type ShotRows } from './shot.sql.ts';

export type Shot = ShotRows & { scene: Scene };

/** Reads all that a scene's clip is made from; the plan asks for a clip only once both frames are there. */
export async function readShot(tx: Tx, scene: Scene): Promise<Shot> {
  const rows = await findShot(tx, scene.id);
  if (!rows) throw new Error(`Scene ${scene.id} has no frames to make a clip from.`);
  return { scene, ...rows };
}

/** Lends a provider's request for a shot, its frames on this machine. */
export const withRequest = <Result>(
  { storage }: Pick<Ctx, 'storage'>,
  { scene, project, sceneCount, start, end }: Shot,
  use: (request: Omit<ClipRequest, 'toFile'>) => Promise<Result>,
): Promise<Result> =>
  storage.withFiles([start.filePath, end.filePath], ([startFrameFile = '', endFrameFile = '']) =>
    use({
      scene: briefOf(scene, project, sceneCount),
      startFrameFile,
      endFrameFile,
      durationSeconds: project.targetClipDuration,
    }),
  );

/** Storage key of a clip's file: made again after a crash, it takes the same place. */
export const clipKey = (project: Pick<Project, 'id' | 'workspaceId'>, clipId: string): string =>
  `${projectPrefix(project)}/clips/${clipId}.mp4`;

/** A scene and its current clip, which a step has begun. */
export async function readSceneAndClip(tx: Tx, sceneId: string): Promise<{ scene: Scene; clip: VideoClip }> {
  const { scene, clip } = await findSceneAndClip(tx, sceneId);
  if (!clip) throw new Error(`Scene ${sceneId} has no clip.`);
  return { scene, clip };
}
