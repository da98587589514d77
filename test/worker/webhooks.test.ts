import { describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { scopesOf } from '../../src/core/scopes.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { deliver } from '../../src/features/webhooks/deliver.ts';
import { claimDueWebhooks } from '../../src/features/webhooks/webhook.sql.ts';
import { seedFilm, seedWorkspace } from '../support/seed.ts';
import { idsOf, messagesOf, verify, useWebhooks } from './support/webhook-test.ts';

const hooks = useWebhooks();

describe('what happens is posted', () => {
  test('signed, with what the document selects of it', async () => {
    const { sceneIds, projectId, runId } = await seedFilm(hooks.ctx);
    const { secret } = await hooks.subscribe({
      events: ['SCENE_CHANGED'],
      document: `{ __typename ... on LiveEvent { occurredAt } ... on SceneChanged { message status scene { ...Changed } } }
        fragment Changed on Scene { sceneIndex clip { url } }`,
    });
    hooks.start();
    await hooks.ctx.db.$transaction((tx) =>
      recordAudit(tx, hooks.ctx.actor, {
        subject: { type: 'Scene', id: sceneIds[0] ?? '' },
        scopes: scopesOf({ Project: projectId, PipelineRun: runId }),
        eventType: 'STATE_CHANGE',
        message: 'Scene 1 is done.',
        details: { from: 'VIDEO_GENERATING', to: 'VIDEO_DONE' },
      }),
    );
    const [message = expect.unreachable()] = await hooks.receiver.heard(1);
    expect(message.headers['content-type']).toBe('application/json');
    expect(verify(secret, message)).toEqual({
      type: 'scene.changed',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      data: {
        __typename: 'SceneChanged',
        occurredAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        message: 'Scene 1 is done.',
        status: 'VIDEO_DONE',
        scene: {
          sceneIndex: 0,
          clip: {
            url: expect.stringMatching(
              /^http:\/\/vidpipe\.test\/media\/.*0\.mp4\?expires=\d+&signature=[\w-]+$/,
            ) as string,
          },
        },
      },
    });
    expect(() => verify(secret, { ...message, body: `${message.body} ` })).toThrow('No matching signature');
  });

  test('with the statuses that it moved between, none where it only got further, and its last when it is deleted', async () => {
    await hooks.subscribe({ document: '{ ... on ChangeEvent { previousStatus status } }' });
    const moves = [
      { from: null, to: 'PENDING' },
      { from: 'PENDING', to: 'STORYBOARDING' },
      { from: 'STORYBOARDING', to: 'STORYBOARDING' },
      { from: 'STORYBOARDING', to: null },
    ];
    const subject = { type: 'Project', id: hooks.projectId } as const;
    const entry = { subject, projectId: hooks.projectId, eventType: 'STATE_CHANGE', message: '' } as const;
    for (const details of moves)
      await hooks.ctx.db.$transaction((tx) => recordAudit(tx, hooks.ctx.actor, { ...entry, details }));
    hooks.start();
    const told = await hooks.receiver.heard(4);
    expect(told.map(({ body }) => (JSON.parse(body) as { data: unknown }).data)).toEqual([
      { previousStatus: null, status: 'PENDING' },
      { previousStatus: 'PENDING', status: 'STORYBOARDING' },
      { previousStatus: null, status: null },
      { previousStatus: 'STORYBOARDING', status: null },
    ]);
  });

  test('in the log’s order, each once, whatever number of processes there are', async () => {
    const { webhook } = await hooks.subscribe();
    const sent = Array.from({ length: 30 }, (_, index) => `event ${index}`);
    hooks.start();
    hooks.start();
    await hooks.write(sent);
    expect(messagesOf(await hooks.receiver.heard(30))).toEqual(sent);
    const once = { status: 'DELIVERED', attempts: 1, responseStatus: 204, errorMessage: null };
    await hooks.becomes(webhook.id, { failures: 0, deliveries: sent.map(() => once) });
    expect(hooks.receiver.received).toHaveLength(30);
  });

  test('from the webhook’s creation on, if it asked for it, and in its own workspace', async () => {
    await hooks.write(['before']);
    const { webhook } = await hooks.subscribe({ events: ['PROJECT_CHANGED'] });
    const somebody = { name: 'somebody', workspaceId: await seedWorkspace(hooks.ctx.db) };
    await hooks.ctx.db.$transaction((tx) =>
      recordAudit(tx, somebody, {
        subject: { type: 'Project', id: newId() },
        eventType: 'STATE_CHANGE',
        message: 'somebody else’s',
      }),
    );
    await hooks.write(['of another type'], 'Scene');
    await hooks.write(['wanted']);
    await hooks.write(['of another type'], 'Scene');
    hooks.start();
    expect(messagesOf(await hooks.receiver.heard(1))).toEqual(['wanted']);
    const { sequence } = await hooks.ctx.db.auditLog.findFirstOrThrow({ orderBy: { sequence: 'desc' } });
    await hooks.becomes(webhook.id, { cursor: sequence, deliveries: [{ type: 'PROJECT_CHANGED' }] });
  });
});

describe('a worker that is lost', () => {
  test('before it wrote down what the receiver took leaves it to the next, with the same id', async () => {
    const { webhook } = await hooks.subscribe();
    await hooks.write(['a', 'b']);
    const { answer } = hooks.receiver;
    hooks.receiver.answer = () => {};
    const lost = hooks.start();
    await hooks.receiver.heard(1);
    await lost.close();
    expect(await hooks.read(webhook.id)).toMatchObject({ deliveries: [], failures: 0 });
    hooks.receiver.answer = answer;
    hooks.start();
    const [first, again, next] = idsOf(await hooks.receiver.heard(3));
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });

  test('writes nothing once another has the webhook', async () => {
    const { webhook } = await hooks.subscribe();
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
  const { webhook } = await hooks.subscribe();
  await hooks.ctx.db.webhook.update({ where: { id: webhook.id }, data: { document: '{ dropped }' } });
  hooks.start();
  await hooks.write(['a']);
  const { disabledReason } = await hooks.becomes(webhook.id, { status: 'DISABLED' });
  expect(disabledReason).toContain('Cannot query field "dropped"');
  expect(hooks.receiver.received).toEqual([]);
});
