import { createHash } from 'node:crypto';
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import type { PipelineRun } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { holdKey } from './idempotency.sql.ts';

/** Longest idempotency key, in UTF-16 units; ours, room for a UUID with a prefix many times over. */
const MAX_KEY_LENGTH = 200;

/** Identity of a request, whatever the order its fields were given in. */
export function digestOf(request: Record<string, unknown>): string {
  const sorted = Object.entries(request).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/**
 * The run an earlier launch with this key made, if there is one.
 *
 * Launches with one key queue on a lock until `tx` ends, so that of two at once the second finds the first's run.
 *
 * @throws {DomainError} `IDEMPOTENCY_CONFLICT` if the key was used for another request; `INVALID_INPUT` if it is no key.
 */
export async function findRepeated(
  tx: Tx,
  actor: Actor,
  key: string | null,
  requestDigest: string,
): Promise<PipelineRun | null> {
  if (key === null) return null;
  if (key.length < 1 || key.length > MAX_KEY_LENGTH || /\p{Cc}/u.test(key)) {
    const message = `Must have 1 to ${MAX_KEY_LENGTH} characters, none of them a control character.`;
    throw new InvalidInputError([{ path: ['idempotencyKey'], message }]);
  }
  await holdKey(tx, actor.workspaceId, key);
  const run = await tx.pipelineRun.findUnique({
    where: { workspaceId_idempotencyKey: { workspaceId: actor.workspaceId, idempotencyKey: key } },
  });
  if (run && run.requestDigest !== requestDigest) {
    const message = 'This idempotency key was used for a different request; choose a new one.';
    throw new DomainError('IDEMPOTENCY_CONFLICT', message, { path: ['idempotencyKey'] });
  }
  return run;
}
