import type { Webhook } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import { positionOf } from '../audit/live/read-log.ts';
import { skipPassed } from './record-delivery.ts';
import { ANEW, requireWebhook } from './webhook.ts';
import { changeWebhook } from './webhook-states.ts';

/**
 * Moves a webhook to another place in the log: what follows `after` is sent from there on, again if it was sent before
 * (with the same message ids), in order. A place further on leaves out what is between. Enables it if it was disabled.
 *
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` naming `after` if it is no cursor; `CURSOR_EXPIRED` if the log no longer
 * reaches back to it, or has not come as far.
 */
export async function replayWebhook(
  { db, actor }: Ctx,
  { webhookId, after }: { webhookId: string; after: string },
): Promise<Webhook> {
  return db.$transaction(async (tx) => {
    const before = await requireWebhook(tx, actor, webhookId);
    const cursor = await positionOf({ db: tx }, after);
    await skipPassed(tx, webhookId, cursor);
    const data = { cursor, ...ANEW, nextAttemptAt: new Date(), disabledReason: null };
    const message = `A webhook is sent again what followed ${after}.`;
    return changeWebhook(tx, actor, before, 'ENABLED', message, data);
  });
}
