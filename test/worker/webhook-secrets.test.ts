import { beforeEach, describe, expect, test } from 'vitest';
import { cleanUpWebhooks } from '../../src/features/webhooks/clean-up.ts';
import { rotateWebhookSecret } from '../../src/features/webhooks/rotate-secret.ts';
import { openSecrets } from '../../src/platform/secrets/secrets.ts';
import { TEST_SECRET_KEY } from '../support/test-platform.ts';
import { messagesOf, useWebhooks, verify } from './support/webhook-test.ts';

const NEW_KEY = Buffer.alloc(32, 'new').toString('base64');
const withKeys = (keys: string | null) => openSecrets({ keys, ownDirectory: null });

const hooks = useWebhooks();
beforeEach(() => {
  hooks.ctx.secrets = withKeys(TEST_SECRET_KEY);
});

const kept = () => hooks.ctx.db.webhookSecret.findMany({ orderBy: { id: 'asc' } });

async function rotate(webhookId: string, oldSecretHours: number): Promise<{ secret: string }> {
  const { secret } = await rotateWebhookSecret(hooks.ctx, { webhookId, oldSecretHours });
  if (secret === null) throw new Error('Without a key there is a secret each time.');
  return { secret };
}

/** Puts a secret back to what it was before secrets were sealed. */
const unseal = (secret: string) => hooks.ctx.db.webhookSecret.updateMany({ data: { secret } });

describe('a secret', () => {
  test('signs beside the one that it replaced, until that one ends', async () => {
    const { webhook, secret: old } = await hooks.subscribe();
    const { secret } = await rotate(webhook.id, 1);
    hooks.start();
    await hooks.write(['a']);
    const [both = expect.unreachable()] = await hooks.receiver.heard(1);
    for (const each of [old, secret]) expect(verify(each, both)).toMatchObject({ type: 'project.changed' });

    const where = { expiresAt: { not: null } };
    await hooks.ctx.db.webhookSecret.updateMany({ where, data: { expiresAt: new Date(Date.now() - 1) } });
    await hooks.becomes(webhook.id, { deliveries: [{ status: 'DELIVERED' }] });
    await hooks.write(['b']);
    const [, one = expect.unreachable()] = await hooks.receiver.heard(2);
    expect(verify(secret, one)).toMatchObject({ type: 'project.changed' });
    expect(() => verify(old, one)).toThrow('No matching signature');
    await cleanUpWebhooks(hooks.ctx);
    expect(await kept()).toHaveLength(1);
  });

  test('is in no entry of the log, nor is the address', async () => {
    const { webhook, secret } = await hooks.subscribe();
    const rotated = await rotate(webhook.id, 0);
    const entries = JSON.stringify(await hooks.ctx.db.auditLog.findMany({ omit: { sequence: true } }));
    for (const each of [secret, rotated.secret, hooks.receiver.url]) expect(entries).not.toContain(each);
  });

  test('is sealed where it is kept', async () => {
    const { secret } = await hooks.subscribe();
    const [row] = await kept();
    expect(row?.secret.startsWith(hooks.ctx.secrets.mark ?? '?')).toBe(true);
    expect(row?.secret).not.toContain(secret.slice('whsec_'.length));
  });

  test('from before there were keys is sealed by the next process that starts', async () => {
    const { webhook, secret } = await hooks.subscribe();
    await unseal(secret);
    hooks.start();
    await expect.poll(async () => (await kept())[0]?.secret).not.toBe(secret);
    await hooks.write(['a']);
    const [message = expect.unreachable()] = await hooks.receiver.heard(1);
    expect(verify(secret, message)).toMatchObject({ type: 'project.changed' });
    await hooks.becomes(webhook.id, { deliveries: [{ status: 'DELIVERED' }] });
  });
});

describe('a key', () => {
  test('is replaced: what the old one sealed is sealed with the new one, and the old one can go', async () => {
    const { secret } = await hooks.subscribe();
    hooks.ctx.secrets = withKeys(`${NEW_KEY}, ${TEST_SECRET_KEY}`);
    expect(await cleanUpWebhooks(hooks.ctx)).toEqual({ unsealed: 0 });
    hooks.ctx.secrets = withKeys(NEW_KEY);
    hooks.start();
    await hooks.write(['a']);
    const [message = expect.unreachable()] = await hooks.receiver.heard(1);
    expect(verify(secret, message)).toMatchObject({ type: 'project.changed' });
  });

  test(
    'that a process has not fails its deliveries, and nothing is lost once it has it',
    { tags: 'long' },
    async () => {
      const { webhook } = await hooks.subscribe();
      hooks.ctx.secrets = withKeys(NEW_KEY);
      const without = hooks.start();
      await hooks.write(['a', 'b']);
      const failed = { status: 'RETRYING', responseStatus: null, errorCode: 'SECRET_UNREADABLE' };
      await hooks.becomes(webhook.id, { status: 'ENABLED', failures: 1, deliveries: [failed] });
      expect(await cleanUpWebhooks(hooks.ctx)).toEqual({ unsealed: 1 });
      await without.close();
      hooks.ctx.secrets = withKeys(TEST_SECRET_KEY);
      hooks.start();
      await hooks.hurry(webhook.id);
      expect(messagesOf(await hooks.receiver.heard(2))).toEqual(['a', 'b']);
    },
  );

  test('that is lost costs a rotation, and no more', async () => {
    const { webhook } = await hooks.subscribe();
    hooks.ctx.secrets = withKeys(NEW_KEY);
    const { secret } = await rotate(webhook.id, 24);
    hooks.start();
    await hooks.write(['a']);
    const [message = expect.unreachable()] = await hooks.receiver.heard(1);
    expect(verify(secret, message)).toMatchObject({ type: 'project.changed' });
  });

  test('that was never set lets no webhook be made, but those from before go on', async () => {
    const { secret } = await hooks.subscribe();
    await unseal(secret);
    hooks.ctx.secrets = withKeys(null);
    await expect(hooks.subscribe()).rejects.toMatchObject({ code: 'SECRET_KEY_MISSING' });
    hooks.start();
    await hooks.write(['a']);
    const [message = expect.unreachable()] = await hooks.receiver.heard(1);
    expect(verify(secret, message)).toMatchObject({ type: 'project.changed' });
    expect(await cleanUpWebhooks(hooks.ctx)).toEqual({ unsealed: 1 });
  });
});
