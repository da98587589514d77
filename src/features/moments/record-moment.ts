import { scopesOf } from '../../core/scopes.ts';
import type { Clip, Moment, PipelineRun, Video } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type AuditEntry, recordAudit } from '../audit/log/audit.ts';

type Where = { video: Pick<Video, 'id' | 'projectId'>; run?: Pick<PipelineRun, 'id'> | null };
type Told = Pick<AuditEntry, 'message' | 'details'> & Partial<Pick<AuditEntry, 'level'>>;

const scopesWith = ({ video, run = null }: Where): string[] =>
  scopesOf({ Project: video.projectId, Video: video.id, PipelineRun: run?.id ?? null });

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
