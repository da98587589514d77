/** Keys that let programs and people in: making, listing and revoking them. For whoever has the database at hand. */
import { DomainError, InvalidInputError, type InputIssue, refuseIssues } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { ApiKey, PrismaClient, Workspace } from '../../generated/prisma/client.ts';
import { LOCAL_WORKSPACE_ID } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { untilKnown } from '../../platform/database/lost-commit.ts';
import { lockKey } from '../idempotency/lock-key.sql.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { hashOf, newKey, prefixOf } from './key-text.ts';

/** Longest name of a key or a workspace, in UTF-16 units; ours, so that a list stays readable. */
const MAX_NAME_LENGTH = 100;

export type NewApiKey = {
  /** What people call it. */
  keyName: string;
  /** Name of the workspace in which its holder acts; made if there is none. Null for the local one. */
  workspace: string | null;
  /** Null if it never expires. */
  expiresAt: Date | null;
};

/** A key with the workspace it belongs to. */
export type OwnedKey = ApiKey & { workspace: Workspace };

/** Who makes and revokes keys: the person at the server's database. */
const PERSON = 'local';

/**
 * Makes a key, and its workspace if that is new, in one transaction. The first key of a database closes an open server.
 *
 * @returns it, and the key itself, which is never told again.
 * @throws {InvalidInputError} naming `keyName`, `workspace` or `expiresAt`.
 * @throws {LostCommit} if the database does not tell whether it was made.
 */
export async function createApiKey(
  db: PrismaClient,
  { keyName, workspace: workspaceName, expiresAt }: NewApiKey,
): Promise<{ apiKey: OwnedKey; key: string }> {
  refuseIssues([
    ...issuesOfName('keyName', keyName),
    ...(workspaceName === null ? [] : issuesOfName('workspace', workspaceName)),
    ...(expiresAt !== null && expiresAt <= new Date() ? [issue('expiresAt', 'Must be in the future.')] : []),
  ]);
  const { key, prefix } = newKey();
  const make = async (tx: Tx) => {
    // Where the answer to the COMMIT was lost: nobody else has this key.
    await lockKey(tx, LOCAL_WORKSPACE_ID, prefix);
    const made = await tx.apiKey.findUnique({ where: { prefix }, include: { workspace: true } });
    if (made) return made;
    const { id: workspaceId } = await workspaceNamed(tx, workspaceName);
    const created = await tx.apiKey.create({
      data: { id: newId(), workspaceId, name: keyName, prefix, keyHash: hashOf(key), expiresAt },
      include: { workspace: true },
    });
    await record(tx, created, 'was made');
    return created;
  };
  const apiKey = await untilKnown(() => db.$transaction((tx) => make(tx)));
  return { apiKey, key };
}

/** Every key of every workspace, oldest first. */
export const listApiKeys = (db: PrismaClient): Promise<OwnedKey[]> =>
  db.apiKey.findMany({ include: { workspace: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });

/**
 * Refuses a key from now on: requests at once, and sockets that it opened are closed. Revoking a revoked key changes
 * nothing.
 *
 * @param text prefix of the key, or the whole of it.
 * @throws {InvalidInputError} naming `prefix`; {DomainError} `NOT_FOUND` if no key has it.
 */
export async function revokeApiKey(db: PrismaClient, text: string): Promise<OwnedKey> {
  const prefix = prefixOf(text);
  if (prefix === undefined)
    throw new InvalidInputError([issue('prefix', 'Must be the start of a key, as in vp_1a2b3c4d.')]);
  return db.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { prefix, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    const apiKey = await tx.apiKey.findUnique({ where: { prefix }, include: { workspace: true } });
    if (!apiKey) throw new DomainError('NOT_FOUND', `No key starts with ${prefix}.`, { path: ['prefix'] });
    if (count > 0) await record(tx, apiKey, 'was revoked');
    return apiKey;
  });
}

const workspaceNamed = (tx: Tx, name: string | null): Promise<Workspace> =>
  name === null
    ? tx.workspace.findUniqueOrThrow({ where: { id: LOCAL_WORKSPACE_ID } })
    : tx.workspace.upsert({ where: { name }, create: { id: newId(), name }, update: {} });

/** On the workspace: keys are not in the graph. */
const record = (tx: Tx, { name, prefix, workspaceId }: ApiKey, what: string): Promise<void> =>
  recordAudit(
    tx,
    { name: PERSON, workspaceId },
    {
      subject: { type: 'Workspace', id: workspaceId },
      eventType: 'STATE_CHANGE',
      message: `API key ${prefix} (${name}) ${what}.`,
      details: { prefix, name },
    },
  );

const issue = (field: string, message: string): InputIssue => ({ path: [field], message });

const issuesOfName = (field: string, name: string): InputIssue[] =>
  name.trim() === '' || name.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(name)
    ? [issue(field, `Must have 1 to ${MAX_NAME_LENGTH} characters, none of them a control character.`)]
    : [];
