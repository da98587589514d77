import { scopesOf } from '../../core/scopes.ts';
import type { Transcript, Video } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type AuditEntry, recordAudit } from '../audit/log/audit.ts';

/** Tells what became of a transcript, of its video and of the project that it was filmed for, too; within `tx`. */
export const recordTranscript = (
  tx: Tx,
  actor: Actor,
  video: Pick<Video, 'id' | 'projectId'>,
  { id, version }: Pick<Transcript, 'id' | 'version'>,
  entry: Pick<AuditEntry, 'message' | 'details'>,
): Promise<void> =>
  recordAudit(tx, actor, {
    subject: { type: 'Transcript', id },
    scopes: scopesOf({ Project: video.projectId, Video: video.id }),
    eventType: 'STATE_CHANGE',
    version,
    ...entry,
  });
