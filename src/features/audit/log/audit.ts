/** The append-only log: every change writes to it in its own transaction. */
import { newId } from '../../../core/ids.ts';
import type { NodeType } from '../../../core/ids.ts';
import { redact, redactWords } from '../../../core/redact/redact.ts';
import type { AuditEventType, AuditLevel, Prisma, PrismaClient } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { insertEntries, type NewEntry } from './audit.sql.ts';
import { ownedThrough } from '../../../platform/database/owned.ts';

export type AuditEntry = {
  subject: { type: NodeType; id: string };
  /** What it is told of as well: what its subject belongs to, and the run that caused it. Nothing unless given. */
  scopes?: readonly string[];
  eventType: AuditEventType;
  /** INFO unless given. */
  level?: AuditLevel;
  /** Version of the subject after the change, where it keeps one. */
  version?: number;
  /** One line for a person; secrets are taken out here, too. */
  message: string;
  /** Facts for a program; secrets are taken out here. */
  details?: Record<string, unknown>;
};

/** Entries of transactions that write theirs at the end. */
const waiting = new WeakMap<Tx, NewEntry[]>();

/**
 * Commits what `work` does, and every entry it records with one statement at its end; or nothing at all.
 * For transactions that record much and run often: those of the engine.
 *
 * @param limits milliseconds that it may take, if more than others.
 */
export const recordTogether = <Result>(
  db: PrismaClient,
  work: (tx: Tx) => Promise<Result>,
  limits: { timeout?: number } = {},
): Promise<Result> =>
  db.$transaction(async (tx) => {
    const entries: NewEntry[] = [];
    waiting.set(tx, entries);
    const result = await work(tx);
    if (entries.length > 0) await insertEntries(tx, entries);
    return result;
  }, limits);

/**
 * Appends an entry that commits, gets its number and reaches every subscriber with `tx`, or not at all.
 */
export async function recordAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  const row = rowOf(actor, entry);
  const entries = waiting.get(tx);
  if (entries) entries.push(row);
  else await insertEntries(tx, [row]);
}

/** Appends many entries by one statement, as {@link recordAudit} does one. */
export async function recordAll(tx: Tx, actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length > 0)
    await insertEntries(
      tx,
      entries.map((entry) => rowOf(actor, entry)),
    );
}

const rowOf = (actor: Actor, entry: AuditEntry): NewEntry => ({
  id: newId(),
  time: new Date(),
  actor: actor.name,
  workspaceId: actor.workspaceId,
  scopes: [...(entry.scopes ?? [])],
  subjectType: entry.subject.type,
  subjectId: entry.subject.id,
  eventType: entry.eventType,
  level: entry.level ?? 'INFO',
  version: entry.version ?? null,
  message: redactWords(entry.message),
  details: redact(entry.details ?? {}) as Prisma.JsonObject,
});

/** The entries `actor` may see. */
export const visibleEntries = ownedThrough('AuditLog');
