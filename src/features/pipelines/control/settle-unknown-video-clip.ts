import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { PipelineRun, Scene, VideoClip } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { bookVideoClip } from '../../video-clips/video-clip-bill.ts';
import { moveVideoClip } from '../../video-clips/video-clip-state.ts';
import { statusWithoutVideoClip } from '../../keyframes/keyframe.ts';
import { isCurrentRow } from '../../revisions/current.sql.ts';
import { lockProject } from '../../projects/project.ts';
import { moveScene } from '../../storyboards/scene-state.ts';
import { lockLiveRun } from './control.ts';
import { redo } from './redo.ts';
import { visibleVideoClips } from '../../video-clips/video-clip.ts';

/** What a person found out at the provider about a clip of which nobody knew. */
export type Outcome =
  /** It was paid for and there is no operation to be had: the scene stays a gap until it is retried. */
  | { kind: 'WAS_CHARGED' }
  /** The provider never took it: it is bought now. */
  | { kind: 'NOT_CHARGED' }
  /** The provider has it under this name: it is asked about. */
  | { kind: 'HAS_OPERATION'; operationName: string };

/**
 * Settles a clip of which nobody knew whether it was bought, and lets its project go on accordingly.
 *
 * @returns the run that goes on with it; null for WAS_CHARGED, which leaves nothing to do.
 * @throws {DomainError} `NOT_FOUND`; `OUTCOME_KNOWN`; `INVALID_INPUT` naming `operationName`; `RUN_IN_PROGRESS` if a
 * live run makes no clips; `INSUFFICIENT_DISK`.
 */
export async function settleUnknownVideoClip(
  ctx: Ctx,
  { videoClipId, outcome }: { videoClipId: string; outcome: Outcome },
): Promise<{ videoClip: VideoClip; run: PipelineRun | null }> {
  const operationName = outcome.kind === 'HAS_OPERATION' ? checkName(outcome.operationName) : null;
  const { scene } = await requireVideoClip(ctx, videoClipId);
  const run =
    outcome.kind === 'WAS_CHARGED'
      ? await writeOff(ctx, videoClipId, scene)
      : await redo(ctx, scene.projectId, (tx, { live }) => goOn(tx, ctx, live, videoClipId, operationName));
  return { videoClip: await ctx.db.videoClip.findUniqueOrThrow({ where: { id: videoClipId } }), run };
}

async function requireVideoClip(
  { db, actor }: Ctx,
  videoClipId: string,
): Promise<VideoClip & { scene: Scene }> {
  const clip = await db.videoClip.findFirst({
    where: { id: videoClipId, ...visibleVideoClips(actor) },
    include: { scene: true },
  });
  if (!clip) throw new DomainError('NOT_FOUND', 'No such clip.', { path: ['videoClipId'] });
  return clip;
}

async function readUnknown(tx: Tx, videoClipId: string): Promise<{ clip: VideoClip; scene: Scene }> {
  const clip = await tx.videoClip.findUniqueOrThrow({ where: { id: videoClipId } });
  if (clip.status !== 'UNKNOWN' || !isCurrentRow(clip))
    throw new DomainError('OUTCOME_KNOWN', `The clip is ${clip.status}.`, { path: ['videoClipId'] });
  return { clip, scene: await tx.scene.findUniqueOrThrow({ where: { id: clip.sceneId } }) };
}

const writeOff = (ctx: Ctx, videoClipId: string, { projectId }: Scene): Promise<null> =>
  ctx.db.$transaction(async (tx) => {
    // The run before its project, as in `redo`.
    await lockLiveRun(tx, projectId);
    await lockProject(tx, ctx.actor, projectId);
    const { clip, scene } = await readUnknown(tx, videoClipId);
    await bookVideoClip(tx, ctx.actor, clip, 'CHARGED');
    const errorMessage = 'It was charged, and there is no clip; retry the scene to buy another.';
    await moveVideoClip(tx, ctx.actor, null, scene, clip, 'LOST', { errorMessage });
    return null;
  });

async function goOn(
  tx: Tx,
  { actor }: Ctx,
  live: PipelineRun | null,
  videoClipId: string,
  operationName: string | null,
): Promise<void> {
  const { clip, scene } = await readUnknown(tx, videoClipId);
  const isBought = operationName !== null;
  // Bought, it stays set aside: how the operation ends says what it costs.
  if (!isBought) await bookVideoClip(tx, actor, clip, 'NOT_CHARGED');
  const open = { errorMessage: null, completedAt: null, operationName, pollCount: 0, missingSince: null };
  const data = { ...open, nextPollAt: isBought ? new Date() : null };
  await moveVideoClip(tx, actor, live, scene, clip, isBought ? 'POLLING' : 'PENDING', data);
  const status = isBought ? 'VIDEO_GENERATING' : await statusWithoutVideoClip(tx, scene.id);
  await moveScene(tx, actor, live, scene, status, 'settled');
}

/** Longest operation name, in UTF-16 units; ours, several times Google's. */
const MAX_NAME_LENGTH = 500;

function checkName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length > 0 && trimmed.length <= MAX_NAME_LENGTH && !/\p{Cc}/u.test(trimmed)) return trimmed;
  const message = `Must be the operation's name at the provider, 1 to ${MAX_NAME_LENGTH} characters.`;
  throw new InvalidInputError([{ path: ['operationName'], message }]);
}
