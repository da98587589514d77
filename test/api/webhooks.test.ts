import { beforeEach, describe, expect, test } from 'vitest';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { scopesOf } from '../../src/core/scopes.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { MAX_WEBHOOKS } from '../../src/features/webhooks/webhook.ts';
import { seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';

const api = useTestApi();
beforeEach(() => api.db.webhook.deleteMany());

type WebhookFields = {
  id: string;
  url: string;
  events: string[] | null;
  document: string;
  status: string;
  disabledReason: string | null;
  cursor: string;
  version: number;
};

const FIELDS = 'id url events document status disabledReason cursor version';
const GOOD = {
  url: 'https://example.com/hooks',
  events: ['SCENE_CHANGED' as const],
  document: '{ ... on ChangeEvent { cursor message } }',
};

const create = (input: object = {}) =>
  mutate<{ webhook: WebhookFields; secret: string }>(
    api,
    'createWebhook',
    { ...GOOD, ...input },
    `secret webhook { ${FIELDS} }`,
  );
const created = async (input: object = {}) => (await create(input)).webhook ?? expect.unreachable();
const change = (input: object) =>
  mutate<{ webhook: WebhookFields }>(api, 'updateWebhook', input, `webhook { ${FIELDS} }`);

/** A webhook of somebody else. */
async function foreignWebhook(): Promise<string> {
  const { id } = await api.db.webhook.create({
    data: { id: newId(), workspaceId: await seedWorkspace(api.db), ...GOOD, origin: 'http://a', cursor: 0 },
  });
  return encodeGlobalId('Webhook', id);
}

describe('a webhook', () => {
  test('is created with a secret that is told once', async () => {
    const { webhook, secret = '' } = await create();
    expect(webhook).toMatchObject({ ...GOOD, status: 'ENABLED', disabledReason: null, version: 1 });
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const { type } = await api.ask<{ type: { fields: { name: string }[] } }>(
      '{ type: __type(name: "Webhook") { fields { name } } }',
    );
    expect(type.fields.map(({ name }) => name).filter((name) => /secret/i.test(name))).toEqual([]);
  });

  test('is told of everything unless its creator says of what', async () => {
    const { events: _events, ...rest } = GOOD;
    const { webhook } = await mutate<{ webhook: WebhookFields }>(
      api,
      'createWebhook',
      rest,
      'webhook { events }',
    );
    expect(webhook).toEqual({ events: null });
  });

  test.each([
    ['url', 'example.com'],
    ['url', 'ftp://example.com'],
    ['url', 'https://me:password@example.com/'],
    ['url', 'http://localhost:3000/hooks'],
    ['url', 'http://169.254.169.254/'],
    ['url', 'http://[::ffff:10.0.0.1]/'],
    ['url', `https://example.com/${'x'.repeat(2_000)}`],
  ])('is refused by name with the %s %s', async (field, value) => {
    expect(await create({ [field]: value })).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      issues: [{ path: [field] }],
    });
  });

  test('is refused with no type of event', async () => {
    expect(await create({ events: [] })).toMatchObject({ issues: [{ path: ['events'] }] });
  });

  test('is refused where there are as many as there may be', async () => {
    for (let count = 0; count < MAX_WEBHOOKS; count += 1) await created();
    expect(await create()).toMatchObject({ __typename: 'ConflictError', code: 'TOO_MANY_WEBHOOKS' });
    await api.db.webhook.deleteMany();
    await foreignWebhook();
    expect(await created()).toMatchObject(GOOD);
  });

  test.each([
    ['a field that an event has not', '{ ... on LiveEvent { colour } }', 'Cannot query field "colour"'],
    ['a field that not every event has', '{ message }', 'Cannot query field "message" on type "Event"'],
    [
      'a field that its scene has not',
      '{ ... on SceneChanged { scene { prompt } } }',
      '"prompt" on type "Scene"',
    ],
    ['no GraphQL', '{ __typename', 'Expected Name, found <EOF>'],
    ['a fragment that is missing', '{ ...Missing }', 'Unknown fragment "Missing"'],
    ['a root of the graph', '{ projects { totalCount } }', 'Cannot query field "projects"'],
    ['a variable', 'query ($id: ID!) { __typename }', 'Must be one selection'],
    ['two selections', 'query A { __typename } query B { __typename }', 'Must be one selection'],
    ['a mutation', 'mutation { __typename }', 'Must be one selection'],
    ['no end', `{ __typename ${' '.repeat(10_000)} }`, 'at most 10,000'],
    [
      'a depth without end',
      `{ ... on SceneChanged { scene { ${'project { scenes { '.repeat(6)}id${' } }'.repeat(6)} } } }`,
      'fields lie 15 deep, and 12 are allowed',
    ],
    [
      'more than an event should cost',
      '{ ... on RunChanged { run { project { scenes { project { scenes { project { scenes { id } } } } } } } } }',
      'fields, and 1000 are allowed',
    ],
  ])('is refused with a document of %s', async (_what, document, message) => {
    const answer = await create({ document });
    expect(answer).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: ['document'] }] });
    expect(answer.message).toContain(message);
  });

  test('is changed in what is given, and can be stopped and started', async () => {
    const { id: webhookId } = await created();
    const url = 'https://example.org/other';
    const stopped = await change({ webhookId, url, isEnabled: false });
    expect(stopped.webhook).toMatchObject({ ...GOOD, url, status: 'DISABLED', version: 2 });
    const started = await change({ webhookId, isEnabled: true });
    expect(started.webhook).toMatchObject({ url, status: 'ENABLED', disabledReason: null, version: 3 });
    expect(await change({ webhookId, document: '{ nothing }' })).toMatchObject({
      issues: [{ path: ['document'] }],
    });
    expect((await change({ webhookId, events: null })).webhook).toMatchObject({ url, events: null });
  });

  test('that is stopped stays so, whatever else of it is changed', async () => {
    const { id: webhookId } = await created();
    await change({ webhookId, isEnabled: false });
    const { webhook } = await change({ webhookId, url: 'https://example.org/other' });
    expect(webhook).toMatchObject({ status: 'DISABLED', disabledReason: 'A person disabled it.' });
  });

  test('is deleted with its secrets', async () => {
    const { id: webhookId } = await created();
    const answer = await mutate(api, 'deleteWebhook', { webhookId }, 'deletedWebhookId');
    expect(answer).toMatchObject({ deletedWebhookId: webhookId });
    expect(await api.db.webhookSecret.count()).toBe(0);
    expect(await api.ask('query ($id: ID!) { node(id: $id) { id } }', { id: webhookId })).toEqual({
      node: null,
    });
  });

  test('is given a new secret, and the old one an end', async () => {
    const { id: webhookId } = await created();
    const rotate = (oldSecretHours: number) =>
      mutate<{ secret: string }>(api, 'rotateWebhookSecret', { webhookId, oldSecretHours }, 'secret');
    const { secret } = await rotate(24);
    const [old, current] = await api.db.webhookSecret.findMany({ orderBy: { id: 'asc' } });
    expect(current?.expiresAt).toBeNull();
    expect(api.ctx.secrets.open(current?.secret ?? '', current?.id ?? '')).toBe(secret);
    expect(Math.round(((old?.expiresAt?.getTime() ?? 0) - Date.now()) / 60_000)).toBe(24 * 60);
    expect(await rotate(169)).toMatchObject({ code: 'INVALID_INPUT', path: ['oldSecretHours'] });
  });

  test('of somebody else is not there', async () => {
    const webhookId = await foreignWebhook();
    const mutations: [name: string, input: object][] = [
      ['updateWebhook', { webhookId, isEnabled: false }],
      ['deleteWebhook', { webhookId }],
      ['rotateWebhookSecret', { webhookId }],
      ['replayWebhook', { webhookId, after: '0' }],
    ];
    for (const [name, input] of mutations)
      expect(await mutate(api, name, input, '')).toMatchObject({ code: 'NOT_FOUND', path: ['webhookId'] });
    const read = 'query ($id: ID!) { webhook(id: $id) { id } node(id: $id) { id } webhooks { totalCount } }';
    expect(await api.ask(read, { id: webhookId })).toEqual({
      webhook: null,
      node: null,
      webhooks: { totalCount: 0 },
    });
  });
});

test('each change of a webhook is an entry of the log', async () => {
  const { id: webhookId } = await created();
  await change({ webhookId, isEnabled: false });
  await mutate(api, 'replayWebhook', { webhookId, after: '0' }, '');
  await mutate(api, 'rotateWebhookSecret', { webhookId }, '');
  await mutate(api, 'deleteWebhook', { webhookId }, '');
  const entries = await api.db.auditLog.findMany({
    where: { subjectType: 'Webhook', subjectId: webhookId.slice('webhook_'.length) },
    orderBy: { sequence: 'asc' },
  });
  expect(entries.map(({ details }) => details)).toEqual([
    { from: null, to: 'ENABLED' },
    { from: 'ENABLED', to: 'DISABLED' },
    { from: 'DISABLED', to: 'ENABLED' },
    { from: 'ENABLED', to: 'ENABLED' },
    { from: 'ENABLED', to: null },
  ]);
});

test('a webhook’s deliveries are paged from the latest on, and lead to their events', async () => {
  const { id } = await created();
  const webhookId = id.slice('webhook_'.length);
  const projectId = newId();
  for (const status of ['DELIVERED', 'DELIVERED', 'RETRYING'] as const) {
    await api.db.$transaction((tx) =>
      recordAudit(tx, api.ctx.actor, {
        subject: { type: 'Project', id: projectId },
        scopes: scopesOf({ Project: projectId }),
        eventType: 'STATE_CHANGE',
        message: status,
      }),
    );
    const entry = await api.db.auditLog.findFirstOrThrow({ orderBy: { sequence: 'desc' } });
    await api.db.webhookDelivery.create({
      data: {
        id: newId(),
        webhookId,
        sequence: entry.sequence ?? 0n,
        entryId: entry.id,
        type: 'PROJECT_CHANGED',
        status,
        attempts: 1,
        durationMilliseconds: 5,
      },
    });
  }
  type Page = {
    totalCount: number;
    edges: { node: { cursor: string; status: string; event: { cursor: string; message: string } } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
  const page = async (args: object): Promise<Page> => {
    const { webhook } = await api.ask<{ webhook: { deliveries: Page } }>(
      `query ($id: ID!, $first: Int, $after: String, $status: WebhookDeliveryStatus) {
        webhook(id: $id) {
          deliveries(first: $first, after: $after, status: $status) {
            totalCount
            edges { node { cursor status type event { __typename ... on ChangeEvent { cursor message } } } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }`,
      { id, ...args },
    );
    return webhook.deliveries;
  };
  const first = await page({ first: 2 });
  expect(first).toMatchObject({
    totalCount: 3,
    edges: [
      { node: { status: 'RETRYING', type: 'PROJECT_CHANGED', event: { __typename: 'ProjectChanged' } } },
      { node: { status: 'DELIVERED' } },
    ],
    pageInfo: { hasNextPage: true },
  });
  for (const { node } of first.edges) expect(node.cursor).toBe(node.event.cursor);
  const second = await page({ first: 2, after: first.pageInfo.endCursor });
  expect([second.edges.length, second.pageInfo.hasNextPage]).toEqual([1, false]);
  expect((await page({ status: 'RETRYING' })).totalCount).toBe(1);
});
