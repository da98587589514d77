import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';

/** An entry before it has its number. */
export type NewEntry = Omit<Prisma.AuditLogUncheckedCreateInput, 'sequence'>;

/**
 * Appends entries in their order with one statement. In SQL, for Prisma compiles every `createMany` anew, and no
 * statement runs more often.
 */
export const insertEntries = (tx: Tx, entries: readonly NewEntry[]): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO audit_logs
    SELECT * FROM jsonb_populate_recordset(NULL::audit_logs, ${JSON.stringify(entries.map(toRow))}::jsonb)`;

const toRow = ({ eventType, workspaceId, subjectType, subjectId, ...same }: NewEntry) => ({
  ...same,
  event_type: eventType,
  workspace_id: workspaceId,
  subject_type: subjectType,
  subject_id: subjectId,
});
