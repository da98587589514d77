import { scopesOf } from '../../core/scopes.ts';
import type { Clip, Moment, PipelineRun, Thumbnail, Video } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type AuditEntry, recordAudit } from '../audit/log/audit.ts';

/** Of which video, and by which run, if by one. */
export type Where = { video: Pick<Video, 'id' | 'projectId'>; run?: Pick<PipelineRun, 'id'> | null };
/** What the log says. */
export type Told = Pick<AuditEntry, 'message' | 'details'> & Partial<Pick<AuditEntry, 'level'>>;

const scopesWith = ({ video, run = null }: Where): string[] =>
  scopesOf({ Project: video.projectId, Video: video.id, PipelineRun: run?.id ?? null });

/** Whether a moment is kept or thrown out, in the word that events tell. */
export const standingOf = ({ discardedAt }: Pick<Moment, 'discardedAt'>): 'KEPT' | 'DISCARDED' =>
  discardedAt ? 'DISCARDED' : 'KEPT';

/** Tells what became of a moment, of its video and of the run that caused it, too; within `tx`. */
export const recordMoment = (
  tx: Tx,
  actor: Actor,
  where: Where,
  { id, version }: Pick<Moment, 'id' | 'version'>,
  told: Told,
): Promise<void> =>
  recordAudit(tx, actor, {
    subject: { type: 'Moment', id },
    scopes: scopesWith(where),
    eventType: 'STATE_CHANGE',
    version,
    ...told,
  });

/** Tells what became of a clip, as {@link recordMoment} does of a moment. */
export const recordClip = (
  tx: Tx,
  actor: Actor,
  where: Where,
  { id }: Pick<Clip, 'id'>,
  told: Told,
): Promise<void> =>
  recordAudit(tx, actor, {
    subject: { type: 'Clip', id },
    scopes: scopesWith(where),
    eventType: 'STATE_CHANGE',
    ...told,
  });

/** Tells that the clip of a moment goes, and its still, if there are any; before they are deleted. */
export async function recordClipGone(
  tx: Tx,
  actor: Actor,
  where: Where,
  moment: Pick<Moment, 'id' | 'title'>,
): Promise<void> {
  const clip = await tx.clip.findUnique({ where: { momentId: moment.id }, include: { thumbnail: true } });
  if (!clip) return;
  if (clip.thumbnail)
    await recordThumbnail(tx, actor, where, clip.thumbnail, {
      message: `The still of the clip of "${moment.title}" was deleted.`,
      details: { from: 'MADE', to: null },
    });
  await recordClip(tx, actor, where, clip, {
    message: `The clip of "${moment.title}" was deleted.`,
    details: { from: 'CUT', to: null, momentId: moment.id },
  });
}

/** Tells what became of a still, as {@link recordMoment} does of a moment. */
export const recordThumbnail = (
  tx: Tx,
  actor: Actor,
  where: Where,
  { id }: Pick<Thumbnail, 'id'>,
  told: Told,
): Promise<void> =>
  recordAudit(tx, actor, {
    subject: { type: 'Thumbnail', id },
    scopes: scopesWith(where),
    eventType: 'STATE_CHANGE',
    ...told,
  });
