import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { scopesOf } from '../../src/core/scopes.ts';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { seedProject } from '../support/seed.ts';
import { openTestApi, useTestApi } from '../support/test-api.ts';

const MAX_SOCKETS = 3;

let projectId: string;
const api = useTestApi({ limits: { maxSockets: MAX_SOCKETS } });
beforeAll(async () => {
  projectId = await seedProject(api.db);
});

const open = (options: { path?: string; headers?: Record<string, string> } = {}) =>
  new WebSocket(`${api.api.url.replace('http', 'ws')}${options.path ?? '/graphql'}`, 'graphql-transport-ws', {
    headers: options.headers ?? {},
  });

/** 101, or the status the upgrade was refused with. */
const statusOf = (socket: WebSocket) =>
  new Promise<number | undefined>((resolve, reject) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.once('error', reject);
  });

async function close(...sockets: WebSocket[]): Promise<void> {
  for (const socket of sockets) {
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  }
}

const events = () => {
  const id = encodeGlobalId('Project', projectId);
  return `subscription { projectEvents(projectId: "${id}", after: "0") { ... on ChangeEvent { message } } }`;
};

const say = (message: string) =>
  api.db.$transaction((tx) =>
    recordAudit(tx, api.ctx.actor, {
      subject: { type: 'Project', id: projectId },
      scopes: scopesOf({ Project: projectId }),
      eventType: 'API_CALL',
      message,
    }),
  );

test('a page of another origin gets no socket, one of ours does', async () => {
  expect(await statusOf(open({ headers: { origin: 'https://evil.example' } }))).toBe(403);
  const own = open({ headers: { origin: api.api.url } });
  expect(await statusOf(own)).toBe(101);
  await close(own);
});

test('another host name gets no socket', async () => {
  expect(await statusOf(open({ headers: { host: 'evil.example' } }))).toBe(421);
});

test('sockets are at the path of the API alone', async () => {
  expect(await statusOf(open({ path: '/elsewhere' }))).toBe(404);
});

test('too many sockets are turned away until one leaves', async () => {
  const sockets = Array.from({ length: MAX_SOCKETS }, () => open());
  expect(await Promise.all(sockets.map(statusOf))).toEqual(sockets.map(() => 101));
  expect(await statusOf(open())).toBe(503);
  await close(...sockets.splice(0, 1));
  const next = open();
  expect(await statusOf(next)).toBe(101);
  await close(next, ...sockets);
});

describe('an upgrade that is refused', () => {
  const REFUSED = 'GET /graphql HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const ask = async () => {
    const { port, hostname: host } = new URL(api.api.url);
    const asking = connect({ port: Number(port), host, allowHalfOpen: true });
    await once(asking, 'connect');
    asking.write(REFUSED);
    return asking;
  };

  test('leaves nothing to a client that keeps its half of the connection', async () => {
    const asking = await ask();
    asking.resume();
    await once(asking, 'end');
    const gone = once(asking, 'error');
    const talk = setInterval(() => asking.write('?'), 10);
    expect((await gone)[0]).toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) as string });
    clearInterval(talk);
  });

  test('and reset by its client does not end the process', async () => {
    const faults: unknown[] = [];
    const note = (error: unknown) => faults.push(error);
    process.on('uncaughtExceptionMonitor', note);
    const all = await Promise.all(Array.from({ length: 20 }, ask));
    const closed = all.map((asking) => once(asking, 'close'));
    for (const asking of all) asking.resetAndDestroy();
    await Promise.all(closed);
    const own = open();
    expect(await statusOf(own)).toBe(101);
    await close(own);
    process.off('uncaughtExceptionMonitor', note);
    expect(faults).toEqual([]);
  });
});

test('too many operations on a socket are refused one by one; the others go on', async () => {
  await say('one');
  const client = api.connect();
  const operations = Array.from({ length: 50 }, () => client.iterate({ query: events() }));
  const take = () => Promise.all(operations.map((operation) => operation.next()));
  // The marker, then what was said.
  await take();
  await take();
  const refused = await client
    .iterate({ query: events() })
    .next()
    .catch((error: unknown) => error);
  expect(refused).toMatchObject([{ extensions: { code: 'TOO_MANY_OPERATIONS' } }]);
  await say('two');
  const heard = (await take()).map(({ value }) => value?.data?.['projectEvents']);
  expect(heard).toEqual(operations.map(() => ({ message: 'two' })));
  await client.dispose();
});

test('a message beyond the limit closes the socket with 1009', async () => {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
  const socket = open();
  await once(socket, 'open');
  const closed = once(socket, 'close');
  socket.send('x'.repeat(1_000_001));
  expect((await closed)[0]).toBe(1009);
  expect(reported).not.toHaveBeenCalled();
  reported.mockRestore();
});

test.each([
  ['a syntax error', '{ projects', { message: expect.stringContaining('Syntax Error') }],
  ['an unknown field', '{ nothing }', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  [
    'a value of the wrong type',
    'subscription { runProgress(runId: 1.5) { percent } }',
    { extensions: { code: 'INVALID_INPUT', issues: [{ path: ['runId'] }] } },
  ],
])('%s ends its operation, not its socket', async (_what, query, error) => {
  const client = api.connect();
  const refused = await client
    .iterate({ query })
    .next()
    .catch((reason: unknown) => reason);
  expect(refused).toMatchObject([error]);
  expect(JSON.stringify(refused)).not.toContain('"http"');
  const { value } = await client.iterate({ query: '{ projects { totalCount } }' }).next();
  expect(value).toMatchObject({ data: { projects: { totalCount: 1 } } });
  await client.dispose();
});

test('a server that ends does not wait for a client that is gone', async () => {
  const ending = await openTestApi();
  const { port, host } = new URL(ending.api.url);
  const dead = connect(Number(port), '127.0.0.1');
  dead.on('error', () => {});
  dead.write(
    `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
  );
  const [head] = (await once(dead, 'data')) as [Buffer];
  expect(String(head)).toMatch(/^HTTP\/1\.1 101 /);
  const started = performance.now();
  await ending.remove();
  // Left to itself, ws waits half a minute.
  expect(performance.now() - started).toBeLessThan(10_000);
  dead.destroy();
});

test('a server that ends tells its sockets that it goes away', async () => {
  const ending = await openTestApi();
  const socket = new WebSocket(`${ending.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await ending.remove();
  expect((await closed)[0]).toBe(1001);
});
