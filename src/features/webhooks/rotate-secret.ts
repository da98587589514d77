import { InvalidInputError } from '../../core/errors.ts';
import type { Webhook } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import { recordWebhook } from './record-webhook.ts';
import { makeSecret } from './secret.ts';
import { requireWebhook } from './webhook.ts';

/** Longest that a replaced secret may go on signing; ours: a week of deploys. */
const LONGEST_HOURS = 168;
const HOUR_MILLISECONDS = 3_600_000;

export type Rotation = {
  webhookId: string;
  /** How long the secret that is replaced goes on signing beside the new one; 0 ends it at once. */
  oldSecretHours: number;
};

/**
 * Gives a webhook a new secret. Messages carry a signature by each secret until the old one ends, so that a receiver
 * may change over at any time between.
 *
 * @returns it, and the secret, which is never told again.
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` naming `oldSecretHours`; `SECRET_KEY_MISSING`.
 */
export async function rotateWebhookSecret(
  { db, actor, secrets }: Ctx,
  { webhookId, oldSecretHours }: Rotation,
): Promise<{ webhook: Webhook; secret: string }> {
  if (oldSecretHours < 0 || oldSecretHours > LONGEST_HOURS)
    throw new InvalidInputError([{ path: ['oldSecretHours'], message: `Must be 0 to ${LONGEST_HOURS}.` }]);
  const { secret, row } = makeSecret(secrets);
  const expiresAt = new Date(Date.now() + oldSecretHours * HOUR_MILLISECONDS);
  const webhook = await db.$transaction(async (tx) => {
    const held = await requireWebhook(tx, actor, webhookId);
    // The one before the old one ends now, or rotations would pile signatures up.
    await tx.webhookSecret.deleteMany({ where: { webhookId, expiresAt: { not: null } } });
    await tx.webhookSecret.updateMany({ where: { webhookId }, data: { expiresAt } });
    await tx.webhookSecret.create({ data: { ...row, webhookId } });
    // Whoever is delivering has read the old secrets.
    await tx.webhook.update({
      where: { id: webhookId },
      data: { claim: { increment: 1 }, nextAttemptAt: new Date() },
    });
    const moved = { from: held.status, to: held.status };
    await recordWebhook(tx, actor, held, 'A webhook was given a new secret.', moved);
    return held;
  });
  return { webhook, secret };
}
