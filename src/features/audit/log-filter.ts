import type { AuditLog, Prisma } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import { visibleEntries } from './audit.ts';

/** Which entries to read; what is left out does not narrow. */
export type LogFilter = {
  projectId?: string;
  runId?: string;
  /** GraphQL types of what the entries tell of. */
  subjectTypes?: readonly string[];
};

/** The entries that meet `filter` and that `actor` may see. */
export const whereEntries = ({ subjectTypes, ...equal }: LogFilter, actor: Actor) =>
  ({
    ...equal,
    ...(subjectTypes && { subjectType: { in: [...subjectTypes] } }),
    ...visibleEntries(actor),
  }) satisfies Prisma.AuditLogWhereInput;

/** The same for an entry at hand. */
export const meets = (entry: AuditLog, filter: LogFilter, actor: Actor): boolean =>
  entry.workspaceId === visibleEntries(actor).workspaceId &&
  (filter.projectId === undefined || entry.projectId === filter.projectId) &&
  (filter.runId === undefined || entry.runId === filter.runId) &&
  (filter.subjectTypes === undefined || filter.subjectTypes.includes(entry.subjectType));
