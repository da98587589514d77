import type { Keyframe, KeyframePosition, PipelineRun, Scene } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordSuperseded, superseded, type Why } from '../revisions/supersede.ts';
import { CURRENT_FRAME } from './keyframe.ts';

type SceneOf = Pick<Scene, 'id' | 'projectId' | 'sceneIndex'>;

/**
 * Has a frame not count any more: its row and its picture stay, and everybody hears of it. One that does not count
 * already stays as it is. Buys nothing; the next scene keeps the frame it was given.
 */
export async function supersedeFrame(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'> | null,
  scene: SceneOf,
  { id }: Pick<Keyframe, 'id'>,
  why: Why,
): Promise<void> {
  const where = { id, ...CURRENT_FRAME };
  const [frame] = await tx.keyframe.updateManyAndReturn({ where, data: superseded(why) });
  if (!frame) return;
  const { position, version, revision } = frame;
  const row = {
    type: 'Keyframe',
    id,
    version,
    revision,
    name: `${position} frame`,
    details: { position },
  } as const;
  await recordSuperseded(tx, actor, run, scene, row, why);
}

/** The same, for the frames that a scene has at some of its ends. */
export async function supersedeFrames(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'> | null,
  scene: SceneOf,
  positions: KeyframePosition[],
  why: Why,
): Promise<void> {
  if (positions.length === 0) return;
  const where = { sceneId: scene.id, position: { in: positions }, ...CURRENT_FRAME };
  for (const frame of await tx.keyframe.findMany({ where, orderBy: { position: 'asc' } }))
    await supersedeFrame(tx, actor, run, scene, frame, why);
}
