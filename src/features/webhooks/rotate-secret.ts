import { InvalidInputError } from '../../core/errors.ts';
import type { Webhook } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { makeOnce } from '../idempotency/make-once.ts';
import { webhookStates } from './webhook-states.ts';
import { makeSecret } from './secret.ts';
import { requireWebhook } from './webhook.ts';

/** Longest that a replaced secret may go on signing; ours: a week of deploys. */
const LONGEST_HOURS = 168;
const HOUR_MILLISECONDS = 3_600_000;

export type Rotation = {
  webhookId: string;
  /** How long the secret that is replaced goes on signing beside the new one; 0 ends it at once. */
  oldSecretHours: number;
  /** Asked again with it, the same rotation is the answer, without its secret. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Gives a webhook a new secret. Messages carry a signature by each secret until the old one ends, so that a receiver
 * may change over at any time between.
 *
 * @returns it, and the secret, which is never told again: null where an earlier request with the same key has made it.
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` naming `oldSecretHours`; `SECRET_KEY_MISSING`; as `makeOnce`,
 * `NOT_FOUND` too if the secret that the key made has ended meanwhile.
 */
export async function rotateWebhookSecret(
  ctx: Ctx,
  { webhookId, oldSecretHours, idempotencyKey = null }: Rotation,
): Promise<{ webhook: Webhook; secret: string | null }> {
  if (oldSecretHours < 0 || oldSecretHours > LONGEST_HOURS)
    throw new InvalidInputError([{ path: ['oldSecretHours'], message: `Must be 0 to ${LONGEST_HOURS}.` }]);
  const { secret, row } = makeSecret(ctx.secrets);
  const expiresAt = new Date(Date.now() + oldSecretHours * HOUR_MILLISECONDS);
  const make = async (tx: Tx) => {
    const held = await requireWebhook(tx, ctx.actor, webhookId);
    // The one before the old one ends now, or rotations would pile signatures up.
    await tx.webhookSecret.deleteMany({ where: { webhookId, expiresAt: { not: null } } });
    await tx.webhookSecret.updateMany({ where: { webhookId }, data: { expiresAt } });
    await tx.webhookSecret.create({ data: { ...row, webhookId } });
    // Whoever is delivering has read the old secrets.
    const data = { claim: { increment: 1 }, nextAttemptAt: new Date() };
    const message = 'A webhook was given a new secret.';
    const webhook = await webhookStates.change(tx, ctx.actor, held, data, { message });
    return { id: row.id, webhook };
  };
  const asked = { rotateWebhookSecret: webhookId, oldSecretHours };
  const made = await makeOnce(ctx, { asked, key: idempotencyKey }, { make, find: findRotated });
  return { webhook: made.webhook, secret: made.id === row.id ? secret : null };
}

/** The webhook that a secret was made for, as long as the secret signs. */
const findRotated = (tx: Tx, id: string) =>
  tx.webhookSecret.findUnique({ where: { id }, select: { id: true, webhook: true } });
