/** Webhooks over a database of their own, a receiver, and processes that tell it what happens. */
import { Webhook as Verifier } from 'standardwebhooks';
import { expect, vi } from 'vitest';
import { newId } from '../../../src/core/ids.ts';
import { openMediaSigner } from '../../../src/features/assets/media-signer.ts';
import { recordAudit } from '../../../src/features/audit/audit.ts';
import { createWebhook, updateWebhook } from '../../../src/features/webhooks/webhook.ts';
import type { AuditEventType, Webhook, WebhookDelivery } from '../../../src/generated/prisma/client.ts';
import { openLog } from '../../../src/platform/log.ts';
import { openOutbound } from '../../../src/platform/outbound/outbound.ts';
import { startWebhooks } from '../../../src/worker/webhooks.ts';
import { type Received, type Receiver, startReceiver } from '../../support/receiver.ts';
import { openTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

/** How long a test waits for a row to be written. Milliseconds. */
const WAIT = { timeout: 30_000, interval: 20 };

type Stop = { close(): Promise<void> };

export type WebhookTest = Awaited<ReturnType<typeof openWebhookTest>>;

/** A receiver's longest answer, in milliseconds: tests do not wait for the real one. */
export const ANSWER_MS = 2_000;

/** Calls this machine only. */
const outbound = openOutbound({ networks: '127.0.0.1/32', timeoutMilliseconds: ANSWER_MS });

/** Opens the database once for a file; `begin` each test. */
export async function openWebhookTest() {
  const platform: TestPlatform = await openTestPlatform();
  const signer = await openMediaSigner(platform.db);
  const running: Stop[] = [];
  const receivers: Receiver[] = [];
  const projectId = newId();

  const read = (id: string): Promise<Webhook & { deliveries: WebhookDelivery[] }> =>
    platform.db.webhook.findUniqueOrThrow({
      where: { id },
      include: { deliveries: { orderBy: { sequence: 'asc' } } },
    });

  return {
    platform,
    ctx: platform.ctx,
    projectId,
    read,

    /** A receiver that is gone with the test. */
    async receive(): Promise<Receiver> {
      const receiver = await startReceiver();
      receivers.push(receiver);
      return receiver;
    },

    /** Starts what a process tells webhooks with. */
    start(): Stop {
      const teller = startWebhooks(platform.ctx, openLog(process.env['LOG_LEVEL'] ?? 'fatal'), signer);
      running.push(teller);
      return teller;
    },

    /** Makes a webhook to a receiver, as a person does. */
    subscribe: ({ url }: Receiver, input: { events?: string[]; document?: string } = {}) =>
      createWebhook(platform.ctx, {
        url,
        events: ['project.*'],
        document: '{ message }',
        origin: 'http://vidpipe.test',
        ...input,
      }),

    /** Writes an entry for each message, each in a transaction of its own. */
    async write(messages: string[], eventType: AuditEventType = 'STATE_CHANGE'): Promise<void> {
      const subject = { type: 'Project' as const, id: projectId };
      for (const message of messages)
        await platform.db.$transaction((tx) =>
          recordAudit(tx, platform.ctx.actor, { subject, projectId, eventType, message }),
        );
    },

    /** Waits until a webhook is as `wanted` says, and returns it. */
    becomes: (id: string, wanted: object) =>
      vi.waitFor(async () => {
        const webhook = await read(id);
        expect(webhook).toMatchObject(wanted);
        return webhook;
      }, WAIT),

    /** Makes an event that waits for its next try due now. */
    hurry: (id: string, failingSince?: Date) =>
      platform.db.webhook.update({
        where: { id },
        data: { nextAttemptAt: new Date(), ...(failingSince && { failingSince }) },
      }),

    disable: (id: string) => updateWebhook(platform.ctx, id, { isEnabled: false }),

    begin(): void {
      platform.ctx.outbound = outbound;
    },

    async end(): Promise<void> {
      for (const teller of running.splice(0)) await teller.close();
      for (const receiver of receivers.splice(0)) await receiver.hangUp();
      await platform.db.webhook.deleteMany();
    },
  };
}

/** What `{ message }` selected, of each. */
export const messagesOf = (received: Received[]) =>
  received.map(({ body }) => (JSON.parse(body) as { data: { message: string } }).data.message);

export const idsOf = (received: Received[]) => received.map(({ headers }) => headers['webhook-id']);

/** The payload, if `secret` signed it. @throws if it did not. */
export const verify = (secret: string, { headers, body }: Received): unknown =>
  new Verifier(secret).verify(body, headers as Record<string, string>);
