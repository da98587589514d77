import { beforeAll, describe, expect, test, vi } from 'vitest';
import { forgetEntries } from '../../src/features/audit/log/retention.ts';
import { cleanUpWebhooks } from '../../src/features/webhooks/clean-up.ts';
import { replayWebhook } from '../../src/features/webhooks/replay.ts';
import { updateWebhook } from '../../src/features/webhooks/webhook.ts';
import { seedWorkspace } from '../support/seed.ts';
import { idsOf, messagesOf, useWebhooks } from './support/webhook-test.ts';

const DAY_MS = 24 * 3_600_000;

const hooks = useWebhooks();
beforeAll(() => hooks.write(['the log’s first']));

test('a replay sends what followed a cursor once more, with the same ids, and goes on', async () => {
  const { webhook } = await hooks.subscribe();
  hooks.start();
  await hooks.write(['a', 'b', 'c']);
  const ids = [...idsOf(await hooks.receiver.heard(3))];
  const { deliveries } = await hooks.becomes(webhook.id, { deliveries: ids.map(() => ({ attempts: 1 })) });
  await replayWebhook(hooks.ctx, { webhookId: webhook.id, after: String(deliveries[0]?.sequence) });
  await hooks.write(['d']);
  const all = await hooks.receiver.heard(6);
  expect(messagesOf(all)).toEqual(['a', 'b', 'c', 'b', 'c', 'd']);
  expect(idsOf(all).slice(0, 5)).toEqual([...ids, ...ids.slice(1)]);
  await hooks.becomes(webhook.id, {
    deliveries: [{ attempts: 1 }, { attempts: 2 }, { attempts: 2 }, { attempts: 1 }],
  });
});

test('a replay from a place further on leaves out what is between, and enables the webhook', async () => {
  const { webhook } = await hooks.subscribe();
  await hooks.write(['poison', 'a']);
  await hooks.disable(webhook.id);
  const { sequence } = await hooks.ctx.db.auditLog.findFirstOrThrow({ where: { message: 'poison' } });
  await replayWebhook(hooks.ctx, { webhookId: webhook.id, after: String(sequence) });
  hooks.start();
  expect(messagesOf(await hooks.receiver.heard(1))).toEqual(['a']);
});

test('an event that failed and is passed over is not said to be tried again', async () => {
  const { webhook } = await hooks.subscribe();
  hooks.receiver.answer = (response) => response.writeHead(500).end();
  hooks.start();
  await hooks.write(['poison']);
  const { deliveries } = await hooks.becomes(webhook.id, { deliveries: [{ status: 'RETRYING' }] });
  const after = String(deliveries[0]?.sequence);
  await replayWebhook(hooks.ctx, { webhookId: webhook.id, after });
  const { failures, deliveries: passed } = await hooks.read(webhook.id);
  expect({ failures, passed }).toMatchObject({ failures: 0, passed: [{ status: 'SKIPPED' }] });

  await hooks.write(['unwanted from now on']);
  await hooks.becomes(webhook.id, { deliveries: [{}, { status: 'RETRYING' }] });
  await updateWebhook(hooks.ctx, webhook.id, { events: ['VIDEO_CHANGED'] });
  await hooks.becomes(webhook.id, { deliveries: [{}, { status: 'SKIPPED' }] });
});

test.each(['yesterday', '-1'])('a replay from "%s" is refused by name', async (after) => {
  const { webhook } = await hooks.subscribe();
  await expect(replayWebhook(hooks.ctx, { webhookId: webhook.id, after })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    inputPath: ['after'],
  });
});

test('a replay from a place that the log never reached is refused', async () => {
  const { webhook } = await hooks.subscribe();
  await expect(replayWebhook(hooks.ctx, { webhookId: webhook.id, after: '999999' })).rejects.toMatchObject({
    code: 'CURSOR_EXPIRED',
    inputPath: ['after'],
  });
});

test('a webhook ahead of the log, as after a restored backup, goes on from its end, and the log says so', async () => {
  const { webhook } = await hooks.subscribe();
  await hooks.ctx.db.webhook.update({ where: { id: webhook.id }, data: { cursor: 999_999n } });
  hooks.start();
  await vi.waitFor(async () => expect((await hooks.read(webhook.id)).cursor).toBeLessThan(999_999n), 10_000);
  await hooks.write(['a']);
  expect(messagesOf(await hooks.receiver.heard(1))).toEqual(['a']);
  const told = { subjectId: webhook.id, message: { contains: 'stood ahead of the log, at 999999' } };
  expect(await hooks.ctx.db.auditLog.count({ where: told })).toBe(1);
});

const daysAgo = (days: number) => ({ lastAttemptAt: new Date(Date.now() - days * DAY_MS) });

test('a delivery is kept for 30 days', async () => {
  const { webhook } = await hooks.subscribe();
  hooks.start();
  await hooks.write(['a', 'b']);
  const { deliveries } = await hooks.becomes(webhook.id, {
    deliveries: [{ status: 'DELIVERED' }, { status: 'DELIVERED' }],
  });
  const [old, recent] = deliveries.map(({ id }) => id);
  await hooks.ctx.db.webhookDelivery.updateMany({ where: { id: recent ?? '' }, data: daysAgo(29) });
  await hooks.ctx.db.webhookDelivery.updateMany({ where: { id: old ?? '' }, data: daysAgo(31) });
  await cleanUpWebhooks(hooks.ctx);
  expect(await hooks.read(webhook.id)).toMatchObject({ deliveries: [{ id: recent }] });
});

/** Removes all of the log but its last entry. */
async function forgetLog(): Promise<void> {
  await forgetEntries(hooks.ctx, new Date(Date.now() + 60_000));
}

describe('what the log has forgotten is not passed over in silence', () => {
  const expired = { code: 'CURSOR_EXPIRED' };

  test('by a webhook that is enabled again or replayed', async () => {
    const { webhook } = await hooks.subscribe();
    const before = String((await hooks.read(webhook.id)).cursor);
    await hooks.write(['a', 'b']);
    await hooks.disable(webhook.id);
    await forgetLog();
    await cleanUpWebhooks(hooks.ctx);
    await expect(updateWebhook(hooks.ctx, webhook.id, { isEnabled: true })).rejects.toMatchObject(expired);
    await expect(replayWebhook(hooks.ctx, { webhookId: webhook.id, after: before })).rejects.toMatchObject(
      expired,
    );
  });

  test('by one that was not told for long', async () => {
    const { webhook } = await hooks.subscribe();
    await hooks.write(['a', 'b']);
    await forgetLog();
    hooks.start();
    const { disabledReason } = await hooks.becomes(webhook.id, { status: 'DISABLED' });
    expect(disabledReason).toContain('The log no longer reaches back');
    expect(hooks.receiver.received).toEqual([]);
  });

  test('yet it concerns no webhook to which nothing happened', async () => {
    const { webhook } = await hooks.subscribe({ events: ['KEYFRAME_CHANGED'] });
    const workspaceId = await seedWorkspace(hooks.ctx.db);
    await hooks.ctx.db.webhook.update({ where: { id: webhook.id }, data: { workspaceId } });
    const busy = (await hooks.subscribe()).webhook;
    await hooks.write(['a', 'b']);
    await cleanUpWebhooks(hooks.ctx);
    await forgetLog();
    const { sequence } = await hooks.ctx.db.auditLog.findFirstOrThrow();
    expect((await hooks.read(webhook.id)).cursor).toBe(sequence);
    expect((await hooks.read(busy.id)).cursor).toBe(busy.cursor);
  });
});
