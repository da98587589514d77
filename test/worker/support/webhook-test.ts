/** Webhooks over a database of their own, receivers, and processes that tell them what happens. */
import { Webhook as Verifier } from 'standardwebhooks';
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { newId, type NodeType } from '../../../src/core/ids.ts';
import { type MediaSigner, openMediaSigner } from '../../../src/features/assets/media-signer.ts';
import { recordAudit } from '../../../src/features/audit/log/audit.ts';
import type { EventType } from '../../../src/features/audit/log/event-types.ts';
import { createWebhook, updateWebhook } from '../../../src/features/webhooks/webhook.ts';
import type { Webhook, WebhookDelivery } from '../../../src/generated/prisma/client.ts';
import { openOutbound } from '../../../src/platform/outbound/outbound.ts';
import { webhooksCleaned } from '../../../src/worker/background.ts';
import { webhooks } from '../../../src/worker/webhooks.ts';
import { type Received, type Receiver, startReceiver } from '../../support/receiver.ts';
import { startTask } from '../../support/start-task.ts';
import { useTestPlatform } from '../../support/test-platform.ts';

/** How long a test waits for a row to be written. Milliseconds. */
const WAIT = { timeout: 30_000, interval: 20 };

type Stop = { close(): Promise<void> };

/** A receiver's longest answer, in milliseconds: tests do not wait for the real one. */
export const ANSWER_MS = 2_000;

/** Calls this machine only. */
const outbound = openOutbound({ networks: '127.0.0.1/32', timeoutMilliseconds: ANSWER_MS });

/** For a file of tests: a database for all of them, and for each a receiver; what a test starts ends with it. */
export function useWebhooks() {
  let signer: MediaSigner;
  let receiver: Receiver;
  const running: Stop[] = [];
  const receivers: Receiver[] = [];
  const projectId = newId();

  const receive = async (): Promise<Receiver> => {
    const started = await startReceiver();
    receivers.push(started);
    return started;
  };
  const platform = useTestPlatform();
  beforeAll(async () => {
    signer = await openMediaSigner(platform.db);
  });
  beforeEach(async () => {
    platform.ctx.outbound = outbound;
    receiver = await receive();
  });
  afterEach(async () => {
    for (const teller of running.splice(0)) await teller.close();
    for (const each of receivers.splice(0)) await each.hangUp();
    await platform.db.webhook.deleteMany();
  });

  const read = (id: string): Promise<Webhook & { deliveries: WebhookDelivery[] }> =>
    platform.db.webhook.findUniqueOrThrow({
      where: { id },
      include: { deliveries: { orderBy: { sequence: 'asc' } } },
    });

  return {
    get ctx() {
      return platform.ctx;
    },
    /** The test's own. */
    get receiver() {
      return receiver;
    },
    projectId,
    read,
    /** Another one. */
    receive,

    /** Starts what a process tells webhooks with. */
    start(): Stop {
      const tasks = [webhooks(signer), webhooksCleaned].map((task) => startTask(platform.ctx, task));
      const stop: Stop = { close: async () => void (await Promise.all(tasks.map((task) => task.close()))) };
      running.push(stop);
      return stop;
    },

    /** Makes a webhook, to the test's own receiver unless told, as a person does. */
    async subscribe(input: { events?: EventType[] | null; document?: string } = {}, to = receiver) {
      const { webhook, secret } = await createWebhook(platform.ctx, {
        url: to.url,
        events: ['PROJECT_CHANGED'],
        document: '{ ... on ChangeEvent { message } }',
        origin: 'http://vidpipe.test',
        ...input,
      });
      return { webhook, secret: secret ?? expect.unreachable() };
    },

    /** Writes an entry for each message, each in a transaction of its own. */
    async write(messages: string[], type: NodeType = 'Project'): Promise<void> {
      const entry = { subject: { type, id: projectId }, projectId, eventType: 'STATE_CHANGE' } as const;
      for (const message of messages)
        await platform.db.$transaction((tx) => recordAudit(tx, platform.ctx.actor, { ...entry, message }));
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
  };
}

/** The `message` that a document selected, of each. */
export const messagesOf = (received: Received[]) =>
  received.map(({ body }) => (JSON.parse(body) as { data: { message: string } }).data.message);

export const idsOf = (received: Received[]) => received.map(({ headers }) => headers['webhook-id']);

/** The payload, if `secret` signed it. @throws if it did not. */
export const verify = (secret: string, { headers, body }: Received): unknown =>
  new Verifier(secret).verify(body, headers as Record<string, string>);
