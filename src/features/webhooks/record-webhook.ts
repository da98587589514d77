import type { Webhook, WebhookStatus } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/audit.ts';

/** Records what happened to a webhook. Not its address: that of some receivers is their secret. */
export const recordWebhook = (
  tx: Tx,
  actor: Actor,
  { id, version }: Webhook,
  message: string,
  moved: { from: WebhookStatus | null; to: WebhookStatus | null },
): Promise<void> =>
  recordAudit(tx, actor, {
    subject: { type: 'Webhook', id },
    eventType: 'STATE_CHANGE',
    version,
    message,
    details: moved,
  });
