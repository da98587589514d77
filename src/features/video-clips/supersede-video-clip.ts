import type { PipelineRun, Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordSuperseded, superseded, type Why } from '../revisions/supersede.ts';
import { CURRENT_CLIP } from './current-clip.ts';

/**
 * Has a clip not count any more: its row, its file and whatever the ledger says of it stay, and everybody hears of it.
 * One that does not count already stays as it is. Buys nothing and books nothing: of money that is set aside for it the
 * caller has to dispose first.
 */
export async function supersedeVideoClip(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'> | null,
  scene: Pick<Scene, 'projectId' | 'sceneIndex'>,
  { id }: Pick<VideoClip, 'id'>,
  why: Why,
): Promise<void> {
  const where = { id, ...CURRENT_CLIP };
  const [clip] = await tx.videoClip.updateManyAndReturn({ where, data: superseded(why) });
  if (!clip) return;
  const { version, revision, sceneId, status } = clip;
  const row = {
    type: 'VideoClip',
    id,
    version,
    revision,
    name: 'clip',
    details: { sceneId, status },
  } as const;
  await recordSuperseded(tx, actor, run, scene, row, why);
}
