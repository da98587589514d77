import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { revokeApiKey } from '../../src/features/api-keys/api-key.ts';
import { listen } from '../../src/api/http/listen.ts';
import { createClient } from '../../src/client/index.ts';
import { useKeyedApi } from '../api/support/keys.ts';

const api = useKeyedApi();

const EVENTS = `subscription ($after: String) {
  event: workspaceEvents(after: $after) { ... on LiveEvent { cursor } }
}`;
const CREATE = 'mutation { createProject(input: { prompt: "One." }) { __typename } }';

type Event = { event: { cursor: string } };
type After = { after?: string };

describe.each(['websocket', 'sse'] as const)('over %s', (transport) => {
  const open = (apiKey?: string | (() => string)) =>
    createClient({ url: `${api.api.url}/graphql`, transport, ...(apiKey !== undefined && { apiKey }) });

  test('a client without a key is told so, and does not ask again', async () => {
    const events = open().follow<Event, After>(EVENTS, {});
    await expect(events.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('one whose key is revoked is told so', async () => {
    const key = await api.newKey();
    const events = open(key.key).follow<Event, After>(EVENTS, {});
    expect((await events.next()).done).toBe(false);
    const rest = (async () => {
      // The log tells of the revocation, too.
      for await (const event of events) expect(event).toBeDefined();
    })();
    await revokeApiKey(api.db, key.prefix);
    await expect(rest).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('one that has another key by then goes on with that, and misses nothing', async () => {
    let key = await api.newKey();
    const client = open(() => key.key);
    const heard: string[] = [];
    const ended = (async () => {
      for await (const { event } of client.follow<Event, After>(EVENTS, {})) heard.push(event.cursor);
    })();
    await vi.waitFor(() => expect(heard).toHaveLength(1), 20_000);
    const lost = key;
    key = await api.newKey();
    await revokeApiKey(api.db, lost.prefix);
    await client.request<object, object>(CREATE, {});
    const rows = await api.db.auditLog.findMany({
      where: { sequence: { gte: BigInt(heard[0] ?? '') } },
      orderBy: { sequence: 'asc' },
    });
    const log = rows.map(({ sequence }) => String(sequence));
    await vi.waitFor(() => expect(heard).toEqual(log), 20_000);
    client.close();
    await ended;
  });
});

test('the same in headers of its own', async () => {
  const { key } = await api.newKey();
  const headers = { authorization: `Bearer ${key}` };
  const events = createClient({ url: `${api.api.url}/graphql`, headers }).follow<Event, After>(EVENTS, {});
  expect((await events.next()).done).toBe(false);
  await events.return?.();
});

test('of a request some of whose root fields fail, the error has what the others gave', async () => {
  const { key } = await api.newKey();
  const client = createClient({ url: `${api.api.url}/graphql`, apiKey: key });
  const asked = client.request<object, object>(
    '{ good: providers { name } bad: project(id: "nothing") { id } }',
    {},
  );
  await expect(asked).rejects.toMatchObject({
    errors: [{ path: ['bad'] }],
    data: { good: expect.arrayContaining([{ name: 'ANIMATIC' }]), bad: null },
  });
});

test('a mutation whose answer breaks off is a lost connection, not an answer of somebody else', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-length', 1_000);
    response.write('{"data":', () => response.destroy());
  });
  await listen(server, '127.0.0.1', 0);
  const { port } = server.address() as AddressInfo;
  const asked = createClient({ url: `http://127.0.0.1:${port}/graphql` }).request(CREATE, {});
  await expect(asked).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  server.close();
});
