import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { lockKey } from '../../idempotency/lock-key.sql.ts';
import { checkKey, otherRequest } from '../../idempotency/idempotency-key.ts';
import { refuseUsedKey } from '../../idempotency/make-once.ts';

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
  checkKey(key);
  await lockKey(tx, actor.workspaceId, key);
  await refuseUsedKey(tx, actor, key);
  const run = await tx.pipelineRun.findUnique({
    where: { workspaceId_idempotencyKey: { workspaceId: actor.workspaceId, idempotencyKey: key } },
  });
  if (run && run.requestDigest !== requestDigest) throw otherRequest();
  return run;
}
