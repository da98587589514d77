/** The append-only log: every change writes to it in its own transaction. */
import { newId } from '../../core/ids.ts';
import type { NodeType } from '../../core/ids.ts';
import { redact } from '../../core/redact.ts';
import type { AuditEventType, AuditLevel, Prisma } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';

export type AuditEntry = {
  subject: { type: NodeType; id: string };
  /** Null for what belongs to no project. */
  projectId: string | null;
  /** Null for what no run caused. */
  runId?: string | null;
  eventType: AuditEventType;
  /** INFO unless given. */
  level?: AuditLevel;
  /** Version of the subject after the change, where it keeps one. */
  version?: number;
  /** One line for a person. */
  message: string;
  /** Facts for a program; secrets are taken out here. */
  details?: Record<string, unknown>;
};

/**
 * Appends an entry that commits, gets its number and reaches every subscriber with `tx`, or not at all.
 */
export async function recordAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.auditLog.create({
    data: {
      id: newId(),
      actor: actor.name,
      workspaceId: actor.workspaceId,
      projectId: entry.projectId,
      runId: entry.runId ?? null,
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      eventType: entry.eventType,
      level: entry.level ?? 'INFO',
      version: entry.version ?? null,
      message: entry.message,
      details: redact(entry.details ?? {}) as Prisma.InputJsonObject,
    },
    select: { id: true },
  });
}

/** The entries `actor` may see; spread into every `where` on AuditLog. */
export const visibleEntries = (actor: Actor) =>
  ({ workspaceId: actor.workspaceId }) satisfies Prisma.AuditLogWhereInput;
