/** What a clip is made from, and where it goes. */
import type { Project, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ClipOrder, ClipRequest } from '../../providers/capabilities/clip.ts';
import { fileKeys } from '../assets/file-keys.ts';
import { referencesWithFiles } from '../references/references-with-files.ts';
import { briefOf } from '../storyboards/scene.ts';
import { findSceneAndVideoClip, findClipInputs, type ClipInputRows } from './clip-inputs.sql.ts';

/** What a clip is filmed from. */
export type ClipInputs = ClipInputRows & { scene: Scene };

/** A scene and its current clip. */
export type SceneWithClip = { scene: Scene; clip: VideoClip };

/** Reads all that a scene's clip is made from. */
export async function readClipInputs(tx: Tx, scene: Scene): Promise<ClipInputs> {
  const rows = await findClipInputs(tx, scene.id);
  if (!rows) throw new Error(`Scene ${scene.id} is gone.`);
  return { scene, ...rows };
}

type WithStorage = Pick<Ctx, 'storage'>;

const wordsOf = ({ scene, project, sceneCount }: ClipInputs) => ({
  scene: briefOf(scene, project, sceneCount),
  durationSeconds: project.targetClipDuration,
});

/** Hands out a clip's frames on this machine; the plan asks for a clip from them only once both are there. */
export async function withFrames<Result>(
  { storage }: WithStorage,
  inputs: ClipInputs,
  use: (request: Omit<ClipRequest, 'toFile'>) => Promise<Result>,
): Promise<Result> {
  if (!inputs.frames) throw new Error(`Scene ${inputs.scene.id} has no frames to make a clip from.`);
  const { start, end } = inputs.frames;
  return storage.withFiles([start.filePath, end.filePath], ([startFrameFile = '', endFrameFile = '']) =>
    use({ ...wordsOf(inputs), startFrameFile, endFrameFile }),
  );
}

/** Hands out a provider's order for a clip, what it is filmed from on this machine. */
export function withOrder<Result>(
  ctx: WithStorage,
  inputs: ClipInputs,
  use: (order: ClipOrder) => Promise<Result>,
): Promise<Result> {
  const { project, references } = inputs;
  if (project.clipsFrom === 'KEYFRAMES') return withFrames(ctx, inputs, use);
  const keys = references.map(({ filePath }) => filePath);
  return ctx.storage.withFiles(keys, (files) =>
    use({ ...wordsOf(inputs), references: referencesWithFiles(references, files) }),
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
export async function readSceneAndVideoClip(tx: Tx, sceneId: string): Promise<SceneWithClip> {
  const { scene, clip } = await findSceneAndVideoClip(tx, sceneId);
  if (!clip) throw new Error(`Scene ${sceneId} has no clip.`);
  return { scene, clip };
}
