import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { recordAudit } from '../../src/features/audit/audit.ts';
import { deliver } from '../../src/features/webhooks/deliver.ts';
import { rotateWebhookSecret } from '../../src/features/webhooks/rotate-secret.ts';
import { claimDueWebhooks } from '../../src/features/webhooks/webhook.sql.ts';
import type { Receiver } from '../support/receiver.ts';
import { seedFilm, seedWorkspace } from '../support/seed.ts';
import { idsOf, messagesOf, openWebhookTest, verify, type WebhookTest } from './support/webhook-test.ts';

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

describe('what happens is posted', () => {
  test('signed, with what the document selects of it', async () => {
    const { sceneIds, projectId, runId } = await seedFilm(hooks.ctx);
    const { secret } = await hooks.subscribe(receiver, {
      events: ['scene.*'],
      document: `{ message subjectType subject { ...Changed } run { status } }
        fragment Changed on Scene { sceneIndex clip { url } }`,
    });
    hooks.start();
    await hooks.ctx.db.$transaction((tx) =>
      recordAudit(tx, hooks.ctx.actor, {
        subject: { type: 'Scene', id: sceneIds[0] ?? '' },
        projectId,
        runId,
        eventType: 'STATE_CHANGE',
        message: 'Scene 1 is done.',
        details: { from: 'VIDEO_GENERATING', to: 'VIDEO_DONE' },
      }),
    );
    const [message = expect.unreachable()] = await receiver.heard(1);
    expect(message.headers['content-type']).toBe('application/json');
    expect(verify(secret, message)).toEqual({
      type: 'scene.video_done',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      data: {
        message: 'Scene 1 is done.',
        subjectType: 'Scene',
        subject: {
          sceneIndex: 0,
          clip: { url: expect.stringMatching(/^http:\/\/vidpipe\.test\/media\/.*0\.mp4$/) as string },
        },
        run: { status: 'COMPLETED' },
      },
    });
    expect(() => verify(secret, { ...message, body: `${message.body} ` })).toThrow('No matching signature');
  });

  test('in the log’s order, each once, whatever number of processes there are', async () => {
    const { webhook } = await hooks.subscribe(receiver);
    const sent = Array.from({ length: 30 }, (_, index) => `event ${index}`);
    hooks.start();
    hooks.start();
    await hooks.write(sent);
    expect(messagesOf(await receiver.heard(30))).toEqual(sent);
    const once = { status: 'DELIVERED', attempts: 1, responseStatus: 204, errorMessage: null };
    await hooks.becomes(webhook.id, { failures: 0, deliveries: sent.map(() => once) });
    expect(receiver.received).toHaveLength(30);
  });

  test('from the webhook’s creation on, if it asked for it, and in its own workspace', async () => {
    await hooks.write(['before']);
    const { webhook } = await hooks.subscribe(receiver, { events: ['project.changed'] });
    const somebody = { name: 'somebody', workspaceId: await seedWorkspace(hooks.ctx.db) };
    await hooks.ctx.db.$transaction((tx) =>
      recordAudit(tx, somebody, {
        subject: { type: 'Project', id: newId() },
        projectId: null,
        eventType: 'STATE_CHANGE',
        message: 'somebody else’s',
      }),
    );
    await hooks.write(['of another type'], 'ERROR');
    await hooks.write(['wanted']);
    await hooks.write(['of another type'], 'ERROR');
    hooks.start();
    expect(messagesOf(await receiver.heard(1))).toEqual(['wanted']);
    const { sequence } = await hooks.ctx.db.auditLog.findFirstOrThrow({ orderBy: { sequence: 'desc' } });
    await hooks.becomes(webhook.id, { cursor: sequence, deliveries: [{ eventType: 'project.changed' }] });
  });
});

describe('secrets', () => {
  test('sign together after a rotation, until the old one ends', async () => {
    const { webhook, secret: old } = await hooks.subscribe(receiver);
    const { secret } = await rotateWebhookSecret(hooks.ctx, { webhookId: webhook.id, oldSecretHours: 1 });
    hooks.start();
    await hooks.write(['a']);
    const [both = expect.unreachable()] = await receiver.heard(1);
    for (const each of [old, secret]) expect(verify(each, both)).toMatchObject({ type: 'project.changed' });

    const expiresAt = new Date(Date.now() - 1);
    await hooks.ctx.db.webhookSecret.updateMany({ where: { secret: old }, data: { expiresAt } });
    await hooks.becomes(webhook.id, { deliveries: [{ status: 'DELIVERED' }] });
    await hooks.write(['b']);
    const [, one = expect.unreachable()] = await receiver.heard(2);
    expect(verify(secret, one)).toMatchObject({ type: 'project.changed' });
    expect(() => verify(old, one)).toThrow('No matching signature');
  });

  test('are in no entry of the log, nor is the address', async () => {
    const { webhook, secret } = await hooks.subscribe(receiver);
    const rotated = await rotateWebhookSecret(hooks.ctx, { webhookId: webhook.id, oldSecretHours: 0 });
    const entries = JSON.stringify(await hooks.ctx.db.auditLog.findMany({ omit: { sequence: true } }));
    for (const each of [secret, rotated.secret, receiver.url]) expect(entries).not.toContain(each);
  });
});

describe('a worker that is lost', () => {
  test('before it wrote down what the receiver took leaves it to the next, with the same id', async () => {
    const { webhook } = await hooks.subscribe(receiver);
    await hooks.write(['a', 'b']);
    const { answer } = receiver;
    receiver.answer = () => {};
    const lost = hooks.start();
    await receiver.heard(1);
    await lost.close();
    expect(await hooks.read(webhook.id)).toMatchObject({ deliveries: [], failures: 0 });
    receiver.answer = answer;
    hooks.start();
    const [first, again, next] = idsOf(await receiver.heard(3));
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });

  test('writes nothing once another has the webhook', async () => {
    const { webhook } = await hooks.subscribe(receiver);
    await hooks.write(['a']);
    const [held = expect.unreachable()] = await claimDueWebhooks(hooks.ctx.db, 1, 60);
    expect(await claimDueWebhooks(hooks.ctx.db, 1, 60)).toEqual([]);
    const release = Promise.withResolvers<void>();
    const select = async () => {
      await release.promise;
      return { data: { message: 'late' } };
    };
    const late = deliver(hooks.ctx, held, () => select, new AbortController().signal);
    await hooks.hurry(webhook.id);
    const next = hooks.start();
    await hooks.becomes(webhook.id, { deliveries: [{ attempts: 1 }] });
    await next.close();
    const before = await hooks.read(webhook.id);
    release.resolve();
    await late;
    expect(await hooks.read(webhook.id)).toEqual(before);
  });
});

test('a document that the graph outgrew stops the webhook and says what is wrong', async () => {
  const { webhook } = await hooks.subscribe(receiver);
  await hooks.ctx.db.webhook.update({ where: { id: webhook.id }, data: { document: '{ dropped }' } });
  hooks.start();
  await hooks.write(['a']);
  const { disabledReason } = await hooks.becomes(webhook.id, { status: 'DISABLED' });
  expect(disabledReason).toContain('Cannot query field "dropped"');
  expect(receiver.received).toEqual([]);
});
