/** Keyframes: the first and last frame of each scene. */
import { newId } from '../../core/ids.ts';
import { scopesOf } from '../../core/scopes.ts';
import type { Keyframe, KeyframePosition, Prisma } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { CURRENT } from '../revisions/current.sql.ts';
import { ownedThrough } from '../../platform/database/owned.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { keyframeFiles, unkeptFrameFiles } from './keyframe-files.sql.ts';

for (const rows of [keyframeFiles, unkeptFrameFiles])
  registerFiles({ type: 'Keyframe', noun: 'The picture of a keyframe', rows });

/** The keyframes `actor` may see. */
export const visibleKeyframes = ownedThrough('Keyframe', 'scene.project');

/** The keyframes that count now; superseded ones stay for the record. In SQL: `isCurrent`. */
export const CURRENT_FRAME = CURRENT satisfies Prisma.KeyframeWhereInput;

/** The current frame of a scene at a position, if it has one. */
export const frameAt = <Frame extends Pick<Keyframe, 'position'>>(
  frames: Frame[],
  position: KeyframePosition,
) => frames.find((frame) => frame.position === position);

/** Where a scene stands that has these current frames and lacks its clip: it may be filmed without any. */
export const statusWith = (frames: readonly unknown[]): 'KEYFRAMES_DONE' | 'PENDING' =>
  frames.length === 2 ? 'KEYFRAMES_DONE' : 'PENDING';

/** The same, of a scene whose frames are not at hand. */
export const statusWithoutVideoClip = async (tx: Tx, sceneId: string) =>
  statusWith(await tx.keyframe.findMany({ where: { sceneId, ...CURRENT_FRAME }, select: { id: true } }));

export type NewKeyframe = Pick<
  Prisma.KeyframeUncheckedCreateInput,
  'sceneId' | 'position' | 'promptUsed' | 'filePath' | 'mimeType' | 'width' | 'height' | 'source'
>;

/** Writes a scene's current keyframe at a position, its next revision there; within `tx`. */
export async function insertKeyframe(
  tx: Tx,
  actor: Actor,
  subject: { projectId: string; runId: string; sceneIndex: number; fitted: string | null },
  frame: NewKeyframe,
): Promise<void> {
  const { id, version, revision } = await tx.keyframe.create({ data: { ...frame, id: newId() } });
  const { fitted } = subject;
  const verb = frame.source === 'INHERITED' ? 'inherited' : 'drawn';
  await recordAudit(tx, actor, {
    subject: { type: 'Keyframe', id },
    scopes: scopesOf({ Project: subject.projectId, PipelineRun: subject.runId }),
    eventType: 'STATE_CHANGE',
    version,
    message: `Scene ${subject.sceneIndex + 1}: ${frame.position} frame ${verb}${fitted === null ? '' : `; ${fitted}`}.`,
    details: { position: frame.position, source: frame.source, sceneIndex: subject.sceneIndex, revision },
  });
}
