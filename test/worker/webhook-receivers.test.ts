import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { updateWebhook } from '../../src/features/webhooks/webhook.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import type { Receiver } from '../support/receiver.ts';
import { idsOf, messagesOf, openWebhookTest, type WebhookTest } from './support/webhook-test.ts';

const DAY_MS = 24 * 3_600_000;

const insideAddress = async () => [{ address: '10.0.0.1', family: 4 }];

let hooks: WebhookTest;
let receiver: Receiver;
beforeAll(async () => {
  hooks = await openWebhookTest();
});
afterAll(() => hooks.platform.remove());
beforeEach(async () => {
  hooks.begin();
  receiver = await hooks.receive();
});
afterEach(() => hooks.end());

test('a receiver that is down gets everything, in order, once it is back', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  await receiver.hangUp();
  hooks.start();
  await hooks.write(['a', 'b', 'c']);
  const down = await hooks.becomes(webhook.id, { failures: 1 });
  expect(down.deliveries).toMatchObject([{ status: 'RETRYING', attempts: 1, responseStatus: null }]);
  expect(down.deliveries[0]?.errorMessage).toContain('ECONNREFUSED');
  const wait = down.nextAttemptAt.getTime() - (down.failingSince?.getTime() ?? 0);
  expect(wait).toBeGreaterThanOrEqual(4_000);
  expect(wait).toBeLessThanOrEqual(6_000);

  await receiver.listen();
  expect(messagesOf(await receiver.heard(3))).toEqual(['a', 'b', 'c']);
  const deliveries = [{ attempts: 2 }, { attempts: 1 }, { attempts: 1 }];
  await hooks.becomes(webhook.id, { failures: 0, failingSince: null, deliveries });
});

test('a receiver that answers 500 is sent the same message again, and nothing behind it before', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  receiver.answer = (response) => response.writeHead(500).end('what only the receiver should see');
  hooks.start();
  await hooks.write(['a', 'b']);
  for (const attempts of [1, 2, 3]) {
    const failed = { status: 'RETRYING', attempts, responseStatus: 500 };
    const errorMessage = 'The receiver answered 500.';
    await hooks.becomes(webhook.id, { failures: attempts, deliveries: [{ ...failed, errorMessage }] });
    if (attempts === 3) receiver.answer = (response) => response.writeHead(200).end();
    await hooks.hurry(webhook.id);
  }
  const [first, ...others] = idsOf(await receiver.heard(5));
  expect(others.slice(0, 3)).toEqual([first, first, first]);
  expect(messagesOf(receiver.received)).toEqual(['a', 'a', 'a', 'a', 'b']);
});

test('a receiver that asks to be left alone is', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  receiver.answer = (response) => response.writeHead(429, { 'retry-after': '600' }).end();
  hooks.start();
  await hooks.write(['a']);
  const { nextAttemptAt, failingSince } = await hooks.becomes(webhook.id, { failures: 1 });
  expect(nextAttemptAt.getTime() - (failingSince?.getTime() ?? 0)).toBeGreaterThanOrEqual(600_000);
});

test('a receiver that hangs is tried again, and keeps no other waiting', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  const other = await hooks.receive();
  await hooks.subscribe(other);
  receiver.answer = () => {};
  hooks.start();
  await hooks.write(['a', 'b']);
  expect(messagesOf(await other.heard(2))).toEqual(['a', 'b']);
  const { deliveries } = await hooks.becomes(webhook.id, { failures: 1 });
  expect(deliveries).toMatchObject([{ status: 'RETRYING', errorMessage: 'No answer within 2 s.' }]);
});

test('a receiver that sends us on to another address is not followed', async () => {
  const inside = await hooks.receive();
  const { webhook } = await hooks.subscribe(receiver);
  receiver.answer = (response) => response.writeHead(307, { location: inside.url }).end();
  hooks.start();
  await hooks.write(['a']);
  const { deliveries } = await hooks.becomes(webhook.id, { failures: 1 });
  expect(deliveries).toMatchObject([{ status: 'RETRYING', responseStatus: 307 }]);
  expect(deliveries[0]?.errorMessage).toContain('redirects are not followed');
  expect(inside.received).toEqual([]);
});

test('a receiver whose name leads inside is not called', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  const url = 'http://intranet.test/hooks';
  await hooks.ctx.db.webhook.update({ where: { id: webhook.id }, data: { url } });
  hooks.ctx.outbound = openOutbound({ networks: null, resolve: insideAddress });
  hooks.start();
  await hooks.write(['a']);
  const { deliveries } = await hooks.becomes(webhook.id, { failures: 1 });
  const errorMessage = 'intranet.test is not a public address, and no other is called.';
  expect(deliveries).toMatchObject([{ status: 'RETRYING', responseStatus: null, errorMessage }]);
});

test('24 hours of failures stop the webhook where it stands; enabled again, it leaves nothing out', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  const { answer } = receiver;
  receiver.answer = (response) => response.writeHead(503).end();
  hooks.start();
  await hooks.write(['a', 'b']);
  await hooks.becomes(webhook.id, { failures: 1 });
  await hooks.hurry(webhook.id, new Date(Date.now() - DAY_MS));
  await hooks.becomes(webhook.id, {
    status: 'DISABLED',
    disabledReason: 'It failed for 24 hours. Last: The receiver answered 503.',
    deliveries: [{ status: 'FAILED', attempts: 2 }],
  });
  const entry = await hooks.ctx.db.auditLog.findFirst({
    where: { subjectId: webhook.id },
    orderBy: { sequence: 'desc' },
  });
  expect(entry).toMatchObject({ subjectType: 'Webhook', details: { from: 'ENABLED', to: 'DISABLED' } });

  await hooks.write(['c']);
  receiver.received.length = 0;
  receiver.answer = answer;
  await updateWebhook(hooks.ctx, webhook.id, { isEnabled: true });
  expect(messagesOf(await receiver.heard(3))).toEqual(['a', 'b', 'c']);
});

test('a receiver that is gone for good (410) stops the webhook at once', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  receiver.answer = (response) => response.writeHead(410).end();
  hooks.start();
  await hooks.write(['a']);
  const { disabledReason } = await hooks.becomes(webhook.id, { status: 'DISABLED' });
  expect(disabledReason).toContain('gone (410)');
});
