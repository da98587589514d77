import type { Webhook, WebhookStatus } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { defineStates } from '../audit/log/states.ts';

/** What happened to a webhook, in a sentence without its address: that of some receivers is their secret. */
type Cause = { message: string; isDeleted?: true };

export const webhookStates = defineStates<'Webhook', WebhookStatus, Cause>({
  type: 'Webhook',
  title: 'A webhook',
  transitions: { ENABLED: ['DISABLED'], DISABLED: ['ENABLED'] },
  tell: ({ status }, from, { message, isDeleted }) => ({
    message,
    details: { from, to: isDeleted ? null : status },
  }),
});

/** Changes a webhook, records it, and moves it where it is elsewhere. The caller holds it. @returns it as it is then. */
export const changeWebhook = (
  tx: Tx,
  actor: Actor,
  before: Webhook,
  status: WebhookStatus,
  message: string,
  data: object,
): Promise<Webhook> =>
  status === before.status
    ? webhookStates.change(tx, actor, before, data, { message })
    : webhookStates.move(tx, actor, before, status, { message }, data);
