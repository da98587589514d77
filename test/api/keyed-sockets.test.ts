import { once } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { revokeApiKey } from '../../src/features/api-keys/api-key.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { type Key, openKeyedApi, useKeyedApi } from './support/keys.ts';

const MAX_PER_KEY = 2;

let key: Key;
const api = useKeyedApi({ limits: { maxSocketsPerKey: MAX_PER_KEY } });
beforeAll(async () => {
  key = await api.newKey();
});

const socketUrl = () => `${api.api.url.replace('http', 'ws')}/graphql`;

/** A socket, what the server said first, and how it ends. */
async function open(payload?: object, headers: Record<string, string> = {}) {
  const socket = new WebSocket(socketUrl(), 'graphql-transport-ws', { headers });
  const closed = (once(socket, 'close') as Promise<[number, Buffer]>).then(([code, reason]) => ({
    code,
    reason: String(reason),
  }));
  const messages: { type: string; payload?: unknown }[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(String(data)) as { type: string }));
  await once(socket, 'open');
  if (payload) socket.send(JSON.stringify({ type: 'connection_init', payload }));
  const isIn = async () => {
    await expect.poll(() => messages.length > 0 || socket.readyState > WebSocket.OPEN).toBe(true);
    return messages[0]?.type === 'connection_ack';
  };
  const leave = () => {
    socket.close();
    return closed;
  };
  return { socket, closed, messages, isIn, leave };
}

const bearer = ({ key: text }: Pick<Key, 'key'>) => ({ authorization: `Bearer ${text}` });

describe('a socket is let in', () => {
  test.each<[string, () => Parameters<typeof open>]>([
    ['by the payload of its connection_init', () => [bearer(key)]],
    ['by headers in it, as GraphiQL sends them', () => [{ headers: { Authorization: `bearer ${key.key}` } }]],
    ['by the header of its upgrade', () => [{}, bearer(key)]],
  ])('%s', async (_how, args) => {
    const socket = await open(...args());
    expect(await socket.isIn()).toBe(true);
    await socket.leave();
  });

  test.each<[string, object]>([
    ['without a key', {}],
    ['with none of ours', { authorization: 'Bearer hunter2' }],
    ['with an unknown one', { authorization: `Bearer vp_00000000_${'A'.repeat(43)}` }],
    ['with no text', { authorization: 7 }],
  ])('not %s: 4403', async (_how, payload) => {
    expect(await (await open(payload)).closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  test('not if it says nothing: 4408', { tags: 'long' }, async () => {
    expect(await (await open()).closed).toMatchObject({ code: 4408 });
  });
});

test('a key has so many sockets; one that leaves makes room, and others have their own', async () => {
  const full = await api.newKey();
  const sockets = await Promise.all(Array.from({ length: MAX_PER_KEY }, () => open(bearer(full))));
  for (const socket of sockets) expect(await socket.isIn()).toBe(true);
  expect(await (await open(bearer(full))).closed).toEqual({
    code: 4503,
    reason: 'Too many sockets of this API key',
  });
  const other = await open(bearer(key));
  expect(await other.isIn()).toBe(true);
  await sockets[0]?.leave();
  const next = await open(bearer(full));
  expect(await next.isIn()).toBe(true);
  await Promise.all([other, next, ...sockets.slice(1)].map((socket) => socket.leave()));
});

describe('a socket ends with its key', () => {
  test('at the moment at which it expires', async () => {
    const seconds = 1.5;
    const brief = await api.newKey({ seconds });
    const expiry = Date.now() + seconds * 1_000;
    const socket = await open(bearer(brief));
    expect(await socket.isIn()).toBe(true);
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    // Not by the check of every five seconds.
    expect(Math.abs(Date.now() - expiry)).toBeLessThan(1_500);
  });

  test('once it is revoked, and nothing it says then is heard', async () => {
    const lost = await api.newKey();
    const socket = await open(bearer(lost));
    expect(await socket.isIn()).toBe(true);
    const created = await api.db.project.count();
    // Our close waits for the client's, which reads nothing meanwhile but goes on talking.
    socket.socket.pause();
    await revokeApiKey(api.db, lost.prefix);
    await expect
      .poll(async () => (await api.sendAs(lost, '{ __typename }')).errors?.[0]?.extensions?.code)
      .toBe('UNAUTHENTICATED');
    const query = 'mutation { createProject(input: { prompt: "Late." }) { __typename } }';
    socket.socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    await (
      await open({})
    ).closed;
    socket.socket.resume();
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    expect(await api.db.project.count()).toBe(created);
  });

  test('Server-Sent Events too', async () => {
    const lost = await api.newKey();
    const query = encodeURIComponent('subscription { workspaceEvents { __typename } }');
    const response = await fetch(`${api.api.url}/graphql?query=${query}`, {
      headers: { accept: 'text/event-stream', ...bearer(lost) },
    });
    const text = response.text();
    await revokeApiKey(api.db, lost.prefix);
    expect(await text).toMatch(/"code":"UNAUTHENTICATED".*\n\nevent: complete\n/);
  });
});

test('the first key closes an open server to everybody', async () => {
  const anybody = { name: 'local', workspaceId: LOCAL_WORKSPACE_ID };
  const opened = await openKeyedApi({ anybody });
  try {
    const socket = new WebSocket(`${opened.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    const closed = once(socket, 'close') as Promise<[number]>;
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    expect((await opened.sendAs(null, '{ __typename }')).data).toBeDefined();

    const first = await opened.newKey();
    expect((await closed)[0]).toBe(4403);
    const { errors } = await opened.sendAs(null, '{ __typename }');
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    expect((await opened.sendAs(first, '{ __typename }')).data).toBeDefined();

    await revokeApiKey(opened.db, first.prefix);
    await expect.poll(async () => (await opened.sendAs(first, '{ __typename }')).data).toBeUndefined();
    expect((await opened.sendAs(null, '{ __typename }')).data).toBeUndefined();
  } finally {
    await opened.remove();
  }
});
