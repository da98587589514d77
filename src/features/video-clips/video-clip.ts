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
import { findSceneAndVideoClip } from './shot.sql.ts';
import { recordVideoClip } from './video-clip-state.ts';

/** The clips `actor` may see; spread into every `where` on VideoClip. */
export const visibleVideoClips = (actor: Actor) =>
  ({ scene: { project: { workspaceId: actor.workspaceId } } }) satisfies Prisma.VideoClipWhereInput;

/** The clips that count now; superseded ones stay for the record. */
export const CURRENT_VIDEO_CLIPS = { supersededAt: null } as const satisfies Prisma.VideoClipWhereInput;

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
): Promise<{ scene: Scene; clip: VideoClip }> {
  const { scene, clip: current } = await findSceneAndVideoClip(tx, sceneId);
  if (current && !SPENT.has(current.status)) return { scene, clip: current };
  return { scene, clip: await planVideoClip(tx, actor, run, scene, current) };
}

/** Plans a scene's clip, in the place of the one it has. */
export async function planVideoClip(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'>,
  scene: Scene,
  current: Pick<VideoClip, 'id'> | null,
  as: Pick<Prisma.VideoClipUncheckedCreateInput, 'orderedAnew' | 'notBefore'> = {},
): Promise<VideoClip> {
  if (current) await tx.videoClip.update({ where: { id: current.id }, data: { supersededAt: new Date() } });
  const clip = await tx.videoClip.create({ data: { ...as, id: newId(), sceneId: scene.id } });
  await recordVideoClip(tx, actor, run, scene, null, clip);
  return clip;
}
