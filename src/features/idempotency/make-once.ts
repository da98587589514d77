import { DomainError } from '../../core/errors.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { untilKnown } from '../../platform/database/lost-commit.ts';
import { lockKey } from './lock-key.sql.ts';
import { checkKey, digestOf, otherRequest } from './idempotency-key.ts';

export type Request = {
  /** What was asked for, the mutation's name among it: the same key must mean the same. */
  asked: Record<string, unknown>;
  /** Null where the client chose none. */
  key: string | null;
};

/** Making something, and finding again what was made. */
export type Making<Made extends { id: string }> = {
  make: (tx: Tx) => Promise<Made>;
  /** What `make` made, as it is now; null if it is gone. */
  find: (tx: Tx, id: string) => Promise<Made | null>;
};

/**
 * Makes something in one transaction, and with a key only once: asked again, it answers with what the first made. Where
 * the answer to the COMMIT was lost, it is looked up by the key.
 *
 * @throws {DomainError} as `make` does; `INVALID_INPUT` naming `idempotencyKey`; `IDEMPOTENCY_CONFLICT`; `NOT_FOUND` if
 * what was made with the key is gone.
 * @throws {LostCommit} without a key, or if the database stays away.
 */
export async function makeOnce<Made extends { id: string }>(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  { asked, key }: Request,
  { make, find }: Making<Made>,
): Promise<Made> {
  if (key === null) return db.$transaction((tx) => make(tx));
  checkKey(key);
  const requestDigest = digestOf(asked);
  return untilKnown(() =>
    db.$transaction(async (tx) => {
      const madeId = await findMade(tx, actor, key, requestDigest);
      if (madeId !== null) return (await find(tx, madeId)) ?? gone();
      const made = await make(tx);
      const { workspaceId } = actor;
      await tx.idempotencyKey.create({ data: { workspaceId, key, requestDigest, madeId: made.id } });
      return made;
    }),
  );
}

/** Id of what was made with the key, which is held until `tx` ends. */
async function findMade(tx: Tx, actor: Actor, key: string, requestDigest: string): Promise<string | null> {
  await refuseRun(tx, actor, key);
  const used = await findKey(tx, actor, key);
  if (used && used.requestDigest !== requestDigest) throw otherRequest();
  return used?.madeId ?? null;
}

const findKey = (tx: Tx, { workspaceId }: Actor, key: string) =>
  tx.idempotencyKey.findUnique({ where: { workspaceId_key: { workspaceId, key } } });

/** Launches keep their key on the run. */
async function refuseRun(tx: Tx, { workspaceId }: Actor, key: string): Promise<void> {
  await lockKey(tx, workspaceId, key);
  const runs = await tx.pipelineRun.count({ where: { workspaceId, idempotencyKey: key } });
  if (runs > 0) throw otherRequest();
}

function gone(): never {
  const message = 'What was made with this idempotency key is gone; choose a new key to make it anew.';
  throw new DomainError('NOT_FOUND', message, { path: ['idempotencyKey'] });
}

/**
 * Refuses a key with which something was made that is no run.
 *
 * @throws {DomainError} `IDEMPOTENCY_CONFLICT`
 */
export async function refuseUsedKey(tx: Tx, actor: Actor, key: string): Promise<void> {
  if (await findKey(tx, actor, key)) throw otherRequest();
}
