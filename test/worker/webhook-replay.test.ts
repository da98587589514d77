import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { replayWebhook } from '../../src/features/webhooks/replay.ts';
import { updateWebhook } from '../../src/features/webhooks/webhook.ts';
import type { Receiver } from '../support/receiver.ts';
import { idsOf, messagesOf, openWebhookTest, type WebhookTest } from './support/webhook-test.ts';

let hooks: WebhookTest;
let receiver: Receiver;
beforeAll(async () => {
  hooks = await openWebhookTest();
  await hooks.write(['the log’s first']);
});
afterAll(() => hooks.platform.remove());
beforeEach(async () => {
  hooks.begin();
  receiver = await hooks.receive();
});
afterEach(() => hooks.end());

test('a replay sends what followed a cursor once more, with the same ids, and goes on', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  hooks.start();
  await hooks.write(['a', 'b', 'c']);
  const ids = [...idsOf(await receiver.heard(3))];
  const { deliveries } = await hooks.becomes(webhook.id, { deliveries: ids.map(() => ({ attempts: 1 })) });
  await replayWebhook(hooks.ctx, { webhookId: webhook.id, after: String(deliveries[0]?.sequence) });
  await hooks.write(['d']);
  const all = await receiver.heard(6);
  expect(messagesOf(all)).toEqual(['a', 'b', 'c', 'b', 'c', 'd']);
  expect(idsOf(all).slice(0, 5)).toEqual([...ids, ...ids.slice(1)]);
  await hooks.becomes(webhook.id, {
    deliveries: [{ attempts: 1 }, { attempts: 2 }, { attempts: 2 }, { attempts: 1 }],
  });
});

test('a replay from a place further on leaves out what is between, and enables the webhook', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  await hooks.write(['poison', 'a']);
  await hooks.disable(webhook.id);
  const { sequence } = await hooks.ctx.db.auditLog.findFirstOrThrow({ where: { message: 'poison' } });
  await replayWebhook(hooks.ctx, { webhookId: webhook.id, after: String(sequence) });
  hooks.start();
  expect(messagesOf(await receiver.heard(1))).toEqual(['a']);
});

test.each(['yesterday', '-1', '999999'])('a replay from "%s" is refused by name', async (after) => {
  const { webhook } = await hooks.subscribe(receiver);
  await expect(replayWebhook(hooks.ctx, { webhookId: webhook.id, after })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    inputPath: ['after'],
  });
});

test('what the log has forgotten is not passed over in silence', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  const before = String((await hooks.read(webhook.id)).cursor);
  await hooks.write(['a', 'b']);
  await hooks.disable(webhook.id);
  const { sequence } = await hooks.ctx.db.auditLog.findFirstOrThrow({ orderBy: { sequence: 'desc' } });
  await hooks.ctx.db.auditLog.deleteMany({ where: { sequence: { lt: sequence ?? 0n } } });
  const expired = { code: 'CURSOR_EXPIRED' };
  await expect(updateWebhook(hooks.ctx, webhook.id, { isEnabled: true })).rejects.toMatchObject(expired);
  await expect(replayWebhook(hooks.ctx, { webhookId: webhook.id, after: before })).rejects.toMatchObject(
    expired,
  );
});
