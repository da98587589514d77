import type { Keyframe, Scene, VideoClip } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { CURRENT_FRAME } from '../../keyframes/keyframe.ts';
import { CURRENT_CLIP } from '../../video-clips/current-clip.ts';

export type SceneRows = Scene & { keyframes: Keyframe[]; clips: VideoClip[] };

/** A scene with its current frames and clip; one relation at a time, as everywhere inside transactions. */
export async function readScene(tx: Tx, sceneId: string): Promise<SceneRows> {
  const scene = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
  const keyframes = await tx.keyframe.findMany({ where: { sceneId, ...CURRENT_FRAME } });
  const clips = await tx.videoClip.findMany({ where: { sceneId, ...CURRENT_CLIP } });
  return { ...scene, keyframes, clips };
}
