import { once } from 'node:events';
import { BlockList } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { parseNetworks } from '../../src/platform/outbound/networks.ts';
import { type Key, useKeyedApi } from './support/keys.ts';

const MAX = 6;
const MAX_PER_KEY = 3;
const MAX_WAITING = 2;

const trustedProxies = parseNetworks('127.0.0.1/32') ?? new BlockList();
const places = { maxSockets: MAX, maxSocketsPerKey: MAX_PER_KEY, maxWaitingSocketsPerAddress: MAX_WAITING };
const api = useKeyedApi({ limits: { ...places, trustedProxies } });

const held: Response[] = [];
const left: (() => unknown)[] = [];
afterEach(async () => {
  for (const leave of left.splice(0)) await leave();
});

const bearer = ({ key }: Pick<Key, 'key'>) => ({ authorization: `Bearer ${key}` });

/** A socket that says nothing, and the status its upgrade got. */
async function knock(address: string) {
  const socket = new WebSocket(`${api.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { 'x-forwarded-for': address },
  });
  socket.on('error', () => {});
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const status = await new Promise<number | undefined>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode);
    });
  });
  if (status === 101) {
    left.push(() => {
      socket.terminate();
      return closed;
    });
  }
  return { socket, closed, status };
}

/** A socket that shows a key: `in`, or what it was closed with. */
async function enter(key: Key, address = '198.51.100.1') {
  const { socket, closed, status } = await knock(address);
  if (status !== 101) return { socket, closed, outcome: status };
  const first = once(socket, 'message').then(() => 'in');
  socket.send(JSON.stringify({ type: 'connection_init', payload: bearer(key) }));
  return { socket, closed, outcome: await Promise.race([first, closed]) };
}

/** A stream of Server-Sent Events. */
async function stream(key: Key) {
  const leave = new AbortController();
  const response = await fetch(`${api.api.url}/graphql`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...bearer(key) },
    body: JSON.stringify({ query: 'subscription { workspaceEvents { __typename } }' }),
    signal: leave.signal,
  });
  // Fetch ends the stream of an answer that nobody holds any more.
  held.push(response);
  const close = () => leave.abort();
  left.push(close);
  return { response, close };
}

test('streams and sockets count together for each key; one that leaves makes room, and others have their own', async () => {
  const [key, other] = [await api.newKey(), await api.newKey()];
  expect((await enter(key)).outcome).toBe('in');
  expect((await enter(key)).outcome).toBe('in');
  const last = await stream(key);
  expect(last.response.status).toBe(200);

  const { response } = await stream(key);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.text()).toContain('"code":"TOO_MANY_SOCKETS"');
  expect((await enter(key)).outcome).toBe(4503);
  expect((await stream(other)).response.status).toBe(200);

  last.close();
  await expect.poll(async () => (await stream(key)).response.status).toBe(200);
});

test('streams and sockets count together for the server, too', async () => {
  const [one, two, three] = [await api.newKey(), await api.newKey(), await api.newKey()];
  for (const key of [one, two]) {
    for (let count = 0; count < MAX_PER_KEY; count += 1) {
      // Those of the test before may not have gone yet.
      await expect.poll(async () => (await stream(key)).response.status).toBe(200);
    }
  }
  expect((await stream(three)).response.status).toBe(503);
  expect((await enter(three)).outcome).toBe(503);
});

test('sockets that never say who they are take the places of others at their address alone', async () => {
  const key = await api.newKey();
  for (let count = 0; count < MAX_WAITING; count += 1) {
    expect((await knock('203.0.113.7')).status).toBe(101);
  }
  expect((await knock('203.0.113.7')).status).toBe(503);
  for (let count = 0; count < MAX_PER_KEY; count += 1) {
    expect((await enter(key)).outcome).toBe('in');
  }
});

test('who was let in waits no more', async () => {
  const key = await api.newKey();
  for (let count = 0; count < MAX_PER_KEY; count += 1) {
    expect((await enter(key, '203.0.113.8')).outcome).toBe('in');
  }
});

test('a plain request is no stream: it takes no place', async () => {
  const key = await api.newKey();
  for (let count = 0; count < MAX_PER_KEY; count += 1) await stream(key);
  expect((await api.sendAs(key, '{ __typename }')).data).toEqual({ __typename: 'Query' });
});
