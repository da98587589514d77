import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { useTestApi } from '../support/test-api.ts';

const log = vi.spyOn(console, 'error').mockImplementation(() => {});

const api = useTestApi();

/** A socket that has said its `connection_init` and was let in, unless it is `new`. */
async function open({ isNew = false } = {}) {
  const socket = new WebSocket(`${api.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = (once(socket, 'close') as Promise<[number, Buffer]>).then(([code]) => code);
  await once(socket, 'open');
  if (!isNew) {
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
  }
  return { socket, closed };
}

const subscribe = (id: unknown, payload: unknown) => JSON.stringify({ type: 'subscribe', id, payload });
const endless = { query: 'subscription { workspaceEvents { __typename } }' };
/** Deeper than `JSON.stringify` goes, and no longer than a message may be. */
const DEEP = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;

describe('a client that says what the protocol does not let it say is closed with 4400', () => {
  test.each<[string, string | Buffer]>([
    ['next', '{"type":"next","id":"1","payload":{"data":null}}'],
    ['error', '{"type":"error","id":"1","payload":[{"message":"No."}]}'],
    ['connection_ack', '{"type":"connection_ack"}'],
    ['no type of the protocol', '{"type":"start","id":"1","payload":{"query":"{ __typename }"}}'],
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['no type', '{"id":"1"}'],
    ['a type that is no text', '{"type":7}'],
    ['binary', Buffer.from('{"type":"ping"}')],
    ['a subscribe without id', subscribe(undefined, endless)],
    ['a subscribe with a number for id', subscribe(1, endless)],
    ['a subscribe with an empty id', subscribe('', endless)],
    ['a subscribe without payload', subscribe('1', undefined)],
    ['a subscribe without query', subscribe('1', {})],
    ['a query that is no text', subscribe('1', { query: 7 })],
    ['variables that are a list', subscribe('1', { ...endless, variables: [] })],
    ['extensions that are text', subscribe('1', { ...endless, extensions: '' })],
    ['an operation name that is a number', subscribe('1', { ...endless, operationName: 7 })],
    ['a complete without id', '{"type":"complete"}'],
    ['a ping with text', '{"type":"ping","payload":"x"}'],
    ['a ping too deep to answer', `{"type":"ping","payload":{"x":${DEEP}}}`],
    ['a pong with a list', '{"type":"pong","payload":[]}'],
    ['a connection_init with text', '{"type":"connection_init","payload":"x"}'],
  ])('%s', async (_what, message) => {
    const { socket, closed } = await open();
    socket.send(message);
    expect(await closed).toBe(4400);
  });

  test('before it is let in, too', async () => {
    const { socket, closed } = await open({ isNew: true });
    socket.send('{"type":"connection_ack"}');
    expect(await closed).toBe(4400);
  });
});

describe('it is closed with the code the protocol has for', () => {
  test('a subscribe before it is let in: 4401', async () => {
    const { socket, closed } = await open({ isNew: true });
    socket.send(subscribe('1', endless));
    expect(await closed).toBe(4401);
  });

  test('a second connection_init: 4429', async () => {
    const { socket, closed } = await open();
    socket.send('{"type":"connection_init"}');
    expect(await closed).toBe(4429);
  });

  test('a second operation of an id that is in use: 4409', async () => {
    const { socket, closed } = await open();
    socket.send(subscribe('1', endless));
    socket.send(subscribe('1', endless));
    expect(await closed).toBe(4409);
  });

  test('another protocol: 4406', async () => {
    const socket = new WebSocket(`${api.api.url.replace('http', 'ws')}/graphql`);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(4406);
  });

  test('text that is no UTF-8: 1007', async () => {
    const { socket, closed } = await open();
    socket.send(Buffer.from([0xff]), { binary: false });
    expect(await closed).toBe(1007);
  });
});

test('a complete for an operation that is over or never was, and pings with something in them, do no harm', async () => {
  const { socket, closed } = await open();
  socket.send('{"type":"complete","id":"never was"}');
  socket.send('{"type":"complete","id":"__proto__"}');
  socket.send('{"type":"pong","payload":{"a":1}}');
  socket.send('{"type":"ping","payload":{"a":1}}');
  const [pong] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(String(pong))).toEqual({ type: 'pong', payload: { a: 1 } });
  socket.close();
  expect(await closed).toBe(1005);
});

test('what it says after that is not heard', async () => {
  const { socket, closed } = await open();
  const projects = await api.db.project.count();
  socket.send('hello');
  const query = 'mutation { createProject(input: { prompt: "Late." }) { __typename } }';
  socket.send(subscribe('1', { query }));
  expect(await closed).toBe(4400);
  await api.send('{ __typename }');
  expect(await api.db.project.count()).toBe(projects);
});

test('what clients did wrong above is no line on the console', () => {
  expect(log).not.toHaveBeenCalled();
});
