/** Clips: the shot made from a scene's two frames. */
import { newId } from '../../core/ids.ts';
import type {
  PipelineRun,
  Prisma,
  Scene,
  VideoClip,
  VideoClipStatus,
} from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Why } from '../revisions/supersede.ts';
import type { SceneWithClip } from './clip-inputs.ts';
import { findSceneAndVideoClip } from './clip-inputs.sql.ts';
import { supersedeVideoClip } from './supersede-video-clip.ts';
import { videoClipStates } from './video-clip-state.ts';
import { ownedThrough } from '../../platform/database/owned.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { unkeptVideoClipFiles, videoClipFiles } from './video-clip-files.sql.ts';

for (const rows of [videoClipFiles, unkeptVideoClipFiles])
  registerFiles({ type: 'VideoClip', noun: 'The file of a clip', rows });

/** The clips `actor` may see. */
export const visibleVideoClips = ownedThrough('VideoClip', 'scene.project');

/** A clip that ended without a file; whoever asks for its scene's clip makes another in its place. */
const SPENT: ReadonlySet<VideoClipStatus> = new Set(['FAILED', 'TIMED_OUT', 'LOST', 'RAI_FILTERED']);

/** Whether a clip is done with, one way or the other; any other is on its way and is waited for. */
export const hasEnded = ({ status }: Pick<VideoClip, 'status'>): boolean =>
  status === 'COMPLETE' || SPENT.has(status);

/** A scene and its current clip; a new one where it has none, or where the last one ended without a file. */
export async function takeVideoClip(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'>,
  sceneId: string,
): Promise<SceneWithClip> {
  const { scene, clip: current } = await findSceneAndVideoClip(tx, sceneId);
  if (current && !SPENT.has(current.status)) return { scene, clip: current };
  if (current) await supersedeVideoClip(tx, actor, run, scene, current, whySpent(current));
  return { scene, clip: await planVideoClip(tx, actor, run, scene) };
}

const whySpent = ({ status }: VideoClip): Why =>
  status === 'RAI_FILTERED'
    ? { because: 'REFUSED', reason: 'The safety filter refused it, and another is made.' }
    : { because: 'NOT_MADE', reason: `It ended as ${status}, and another is made.` };

/** Plans a scene's clip, its next revision; the one before was superseded. */
export async function planVideoClip(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'>,
  scene: Scene,
  as: Pick<Prisma.VideoClipUncheckedCreateInput, 'orderedAnew' | 'notBefore'> = {},
): Promise<VideoClip> {
  const clip = await tx.videoClip.create({ data: { ...as, id: newId(), sceneId: scene.id } });
  await videoClipStates.record(tx, actor, clip, null, { run, scene });
  return clip;
}
