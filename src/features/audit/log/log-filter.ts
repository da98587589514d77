import type { AuditLog, Prisma } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import { visibleEntries } from './audit.ts';
import { isOwn } from '../../../platform/database/owned.ts';

/** Which entries to read; what is left out does not narrow. */
export type LogFilter = {
  /** Those that are told of this scope. */
  scope?: string;
  /** GraphQL types of what the entries tell of. */
  subjectTypes?: readonly string[];
  /** What is told of this one thing as well, whatever it has to do with the rest. */
  also?: { subjectType: string; subjectId: string };
};

/** Reads every workspace's log. For the process itself alone: nothing of it may reach a client. */
export const EVERYBODY = Symbol('everybody');

export type LogViewer = Actor | typeof EVERYBODY;

/** The entries that are told of a scope. */
export const ofScope = (scope: string) => ({ scopes: { has: scope } }) satisfies Prisma.AuditLogWhereInput;

/** The entries that meet `filter` and that `viewer` may see. */
export const whereEntries = ({ scope, subjectTypes, also }: LogFilter, viewer: LogViewer) => {
  const narrow = {
    ...(scope !== undefined && ofScope(scope)),
    ...(subjectTypes && { subjectType: { in: [...subjectTypes] } }),
  };
  return {
    ...(also ? { OR: [narrow, also] } : narrow),
    ...(viewer !== EVERYBODY && visibleEntries(viewer)),
  } satisfies Prisma.AuditLogWhereInput;
};

/** The same for an entry at hand. */
export const meets = (entry: AuditLog, filter: LogFilter, viewer: LogViewer): boolean =>
  (viewer === EVERYBODY || isOwn(viewer, entry)) && (isAlso(entry, filter) || isNarrow(entry, filter));

const isAlso = (entry: AuditLog, { also }: LogFilter): boolean =>
  entry.subjectType === also?.subjectType && entry.subjectId === also.subjectId;

const isNarrow = (entry: AuditLog, filter: LogFilter): boolean =>
  (filter.scope === undefined || entry.scopes.includes(filter.scope)) &&
  (filter.subjectTypes === undefined || filter.subjectTypes.includes(entry.subjectType));
