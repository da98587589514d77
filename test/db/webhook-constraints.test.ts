import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { useTestPlatform } from '../support/test-platform.ts';

let webhookId: string;
const platform = useTestPlatform();
beforeAll(async () => {
  webhookId = newId();
  const { workspaceId } = platform.ctx.actor;
  const words = { url: 'https://example.com', document: '{ __typename }', origin: 'http://a' };
  await platform.db.webhook.create({ data: { id: webhookId, workspaceId, cursor: 0, ...words } });
});

const addSecret = (expiresAt: Date | null) =>
  platform.db.webhookSecret.create({ data: { id: newId(), webhookId, secret: 'whsec_', expiresAt } });

test('a webhook has one secret in use, beside those it replaced', async () => {
  await addSecret(null);
  await addSecret(new Date());
  await expect(addSecret(null)).rejects.toThrow('Unique constraint');
});

test.each([
  ['that stopped without a reason', { status: 'DISABLED' as const }, 'webhooks_disabled'],
  ['that works and has a reason not to', { disabledReason: 'why' }, 'webhooks_disabled'],
  ['that fails since nobody knows when', { failures: 1 }, 'webhooks_failing'],
])('no webhook is kept %s', async (_what, data, constraint) => {
  const update = platform.db.webhook.update({ where: { id: webhookId }, data });
  await expect(update).rejects.toThrow(constraint);
});
