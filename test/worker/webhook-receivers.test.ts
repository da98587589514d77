import { expect, test } from 'vitest';
import { updateWebhook } from '../../src/features/webhooks/webhook.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { idsOf, messagesOf, useWebhooks } from './support/webhook-test.ts';

const DAY_MS = 24 * 3_600_000;

const inside = [{ address: '10.0.0.1', family: 4 }];
const outside = [{ address: '127.0.0.1', family: 4 }];

const hooks = useWebhooks();

test('a receiver that is down gets everything, in order, once it is back', { tags: 'long' }, async () => {
  const { webhook } = await hooks.subscribe();
  await hooks.receiver.hangUp();
  hooks.start();
  await hooks.write(['a', 'b', 'c']);
  const down = await hooks.becomes(webhook.id, { failures: 1 });
  const failed = { status: 'RETRYING', attempts: 1, responseStatus: null, errorCode: 'UNREACHABLE' };
  expect(down.deliveries).toMatchObject([failed]);
  expect(down.deliveries[0]?.errorMessage).toContain('ECONNREFUSED');
  const wait = down.nextAttemptAt.getTime() - (down.failingSince?.getTime() ?? 0);
  expect(wait).toBeGreaterThanOrEqual(4_000);
  expect(wait).toBeLessThanOrEqual(6_000);

  await hooks.receiver.listen();
  expect(messagesOf(await hooks.receiver.heard(3))).toEqual(['a', 'b', 'c']);
  const deliveries = [{ attempts: 2 }, { attempts: 1 }, { attempts: 1 }];
  await hooks.becomes(webhook.id, { failures: 0, failingSince: null, deliveries });
});

test('a receiver that answers 500 is sent the same message again, and nothing behind it before', async () => {
  const { webhook } = await hooks.subscribe();
  hooks.receiver.answer = (response) => response.writeHead(500).end('what only the receiver should see');
  hooks.start();
  await hooks.write(['a', 'b']);
  for (const attempts of [1, 2, 3]) {
    const failed = { status: 'RETRYING', attempts, responseStatus: 500, errorCode: 'REFUSED' };
    const errorMessage = 'The receiver answered 500.';
    await hooks.becomes(webhook.id, { failures: attempts, deliveries: [{ ...failed, errorMessage }] });
    if (attempts === 3) hooks.receiver.answer = (response) => response.writeHead(200).end();
    await hooks.hurry(webhook.id);
  }
  const [first, ...others] = idsOf(await hooks.receiver.heard(5));
  expect(others.slice(0, 3)).toEqual([first, first, first]);
  expect(messagesOf(hooks.receiver.received)).toEqual(['a', 'a', 'a', 'a', 'b']);
});

test('a receiver that asks to be left alone is', async () => {
  const { webhook } = await hooks.subscribe();
  hooks.receiver.answer = (response) => response.writeHead(429, { 'retry-after': '600' }).end();
  hooks.start();
  await hooks.write(['a']);
  const { nextAttemptAt, failingSince } = await hooks.becomes(webhook.id, { failures: 1 });
  expect(nextAttemptAt.getTime() - (failingSince?.getTime() ?? 0)).toBeGreaterThanOrEqual(600_000);
});

test('a receiver that hangs is tried again, and keeps no other waiting', { tags: 'long' }, async () => {
  const { webhook } = await hooks.subscribe();
  const other = await hooks.receive();
  await hooks.subscribe({}, other);
  hooks.receiver.answer = () => {};
  hooks.start();
  await hooks.write(['a', 'b']);
  expect(messagesOf(await other.heard(2))).toEqual(['a', 'b']);
  const { deliveries } = await hooks.becomes(webhook.id, { failures: 1 });
  expect(deliveries).toMatchObject([
    { status: 'RETRYING', errorCode: 'TIMED_OUT', errorMessage: 'No answer within 2 s.' },
  ]);
});

test('a receiver that sends us on to another address is not followed', async () => {
  const elsewhere = await hooks.receive();
  const { webhook } = await hooks.subscribe();
  hooks.receiver.answer = (response) => response.writeHead(307, { location: elsewhere.url }).end();
  hooks.start();
  await hooks.write(['a']);
  const { deliveries } = await hooks.becomes(webhook.id, { failures: 1 });
  expect(deliveries).toMatchObject([{ status: 'RETRYING', responseStatus: 307, errorCode: 'REDIRECTED' }]);
  expect(deliveries[0]?.errorMessage).toContain('redirects are not followed');
  expect(elsewhere.received).toEqual([]);
});

test('a receiver whose name leads inside is not called', async () => {
  const { webhook } = await hooks.subscribe();
  const url = 'http://intranet.test/hooks';
  await hooks.ctx.db.webhook.update({ where: { id: webhook.id }, data: { url } });
  hooks.ctx.outbound = openOutbound({ networks: null, resolve: async () => inside });
  hooks.start();
  await hooks.write(['a']);
  const { deliveries } = await hooks.becomes(webhook.id, { failures: 1 });
  const errorMessage = 'intranet.test is not a public address, and no other is called.';
  const failed = { status: 'RETRYING', responseStatus: null, errorCode: 'ADDRESS_REFUSED', errorMessage };
  expect(deliveries).toMatchObject([failed]);
});

test('a receiver whose name turns inside between two messages is not called again', async () => {
  const { webhook } = await hooks.subscribe();
  const url = new URL(hooks.receiver.url);
  url.hostname = 'rebinding.test';
  await hooks.ctx.db.webhook.update({ where: { id: webhook.id }, data: { url: url.href } });
  const answers = [outside, inside];
  const resolve = async () => answers.shift() ?? inside;
  hooks.ctx.outbound = openOutbound({ networks: '127.0.0.1/32', resolve });
  hooks.start();
  await hooks.write(['a', 'b']);
  const refused = { status: 'RETRYING', errorCode: 'ADDRESS_REFUSED' };
  await hooks.becomes(webhook.id, { deliveries: [{ status: 'DELIVERED' }, refused] });
  expect(messagesOf(hooks.receiver.received)).toEqual(['a']);
});

test('a receiver that drips its answer has taken the message once it said so', { tags: 'long' }, async () => {
  const { webhook } = await hooks.subscribe();
  hooks.receiver.answer = (response) => void response.writeHead(200).write('.');
  hooks.start();
  await hooks.write(['a']);
  const { deliveries } = await hooks.becomes(webhook.id, { deliveries: [{ status: 'DELIVERED' }] });
  expect(deliveries).toMatchObject([{ attempts: 1, responseStatus: 200, errorCode: null }]);
});

test('a receiver that drips without saying so is not waited for', { tags: 'long' }, async () => {
  const { webhook } = await hooks.subscribe();
  hooks.receiver.answer = (response) => void response.socket?.write('HTTP/1.1 200 OK\r\nx-slow: ');
  hooks.start();
  await hooks.write(['a']);
  const { deliveries } = await hooks.becomes(webhook.id, { failures: 1 });
  expect(deliveries).toMatchObject([{ status: 'RETRYING', responseStatus: null, errorCode: 'TIMED_OUT' }]);
});

test('an event of which too much is selected is not sent, and stops the webhook until a person selects less', async () => {
  const { webhook } = await hooks.subscribe();
  hooks.start();
  await hooks.write(['a', 'é'.repeat(128 * 1024), 'b']);
  const failed = { status: 'FAILED', attempts: 1, responseStatus: null, errorCode: 'PAYLOAD_TOO_LARGE' };
  const { disabledReason } = await hooks.becomes(webhook.id, {
    status: 'DISABLED',
    deliveries: [{ status: 'DELIVERED' }, failed],
  });
  expect(disabledReason).toMatch(/selects 26\d{4} bytes of this event, and a message may have 262144/);
  expect(messagesOf(hooks.receiver.received)).toEqual(['a']);
  const document = '{ ... on ChangeEvent { actor } }';
  await updateWebhook(hooks.ctx, webhook.id, { document, isEnabled: true });
  expect(await hooks.receiver.heard(3)).toHaveLength(3);
});

test('a process calls 16 receivers at a time, and the next as soon as one has answered', async () => {
  const answers: (() => void)[] = [];
  hooks.receiver.answer = (response) => void answers.push(() => response.writeHead(204).end());
  for (let count = 0; count < 17; count += 1) await hooks.subscribe();
  await hooks.write(['a']);
  hooks.start();
  await hooks.receiver.heard(16);
  expect(await hooks.ctx.db.webhook.count({ where: { claim: { gt: 0 } } })).toBe(16);
  answers[0]?.();
  await hooks.receiver.heard(17);
  for (const answer of answers.slice(1)) answer();
});

test('24 hours of failures stop the webhook where it stands; enabled again, it leaves nothing out', async () => {
  const { webhook } = await hooks.subscribe();
  const { answer } = hooks.receiver;
  hooks.receiver.answer = (response) => response.writeHead(503).end();
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
  hooks.receiver.received.length = 0;
  hooks.receiver.answer = answer;
  await updateWebhook(hooks.ctx, webhook.id, { isEnabled: true });
  expect(messagesOf(await hooks.receiver.heard(3))).toEqual(['a', 'b', 'c']);
});

test('a receiver that is gone for good (410) stops the webhook at once', async () => {
  const { webhook } = await hooks.subscribe();
  hooks.receiver.answer = (response) => response.writeHead(410).end();
  hooks.start();
  await hooks.write(['a']);
  const { disabledReason, deliveries } = await hooks.becomes(webhook.id, { status: 'DISABLED' });
  expect(disabledReason).toBe('The receiver answered 410: it is gone.');
  expect(deliveries).toMatchObject([
    { status: 'FAILED', attempts: 1, responseStatus: 410, errorCode: 'GONE' },
  ]);
});
