import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { PortInUseError } from '../../src/api/http/listen.ts';
import { startApi } from '../../src/api/http/server.ts';
import { openTo } from '../../src/features/api-keys/key-ring.ts';
import { openLog } from '../../src/platform/log.ts';
import { openLocalStorage } from '../../src/platform/storage/local-storage.ts';
import { rawRequest } from '../support/raw-request.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

type Headers = Record<string, string>;

const post = async (headers: Headers, body = '{"query":"{__typename}"}') => {
  const json = { 'content-type': 'application/json' };
  const answer = await rawRequest(api.api.url, '/graphql', {
    method: 'POST',
    headers: { ...json, ...headers },
    body,
  });
  return answer.status;
};

test('the names of this machine are answered, any other is not (DNS rebinding)', async () => {
  const { port } = new URL(api.api.url);
  for (const name of ['127.0.0.1', 'localhost', '[::1]'])
    expect(await post({ host: `${name}:${port}` })).toBe(200);
  for (const name of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1.evil.example',
    'localhost@evil.example',
  ]) {
    expect([name, await post({ host: name })]).toEqual([name, 421]);
  }
});

test('a page of another origin may not send anything (CSRF)', async () => {
  const { host } = new URL(api.api.url);
  expect(await post({ origin: `http://${host}` })).toBe(200);
  for (const origin of ['https://evil.example', 'null', 'http://localhost:1', `https://${host}`]) {
    expect([origin, await post({ origin })]).toEqual([origin, 403]);
  }
});

test('bodies that a form could send are refused', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
  ]) {
    expect([type, await post({ 'content-type': type })]).toEqual([type, 415]);
  }
});

test('a body is refused by its length before it is sent', async () => {
  const { hostname, port } = new URL(api.api.url);
  const head = `POST /graphql HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n`;
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(head));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data));
    });
    socket.once('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});

test('a body of unknown length is refused', async () => {
  expect(await post({ 'transfer-encoding': 'chunked' })).toBe(411);
});

test('a mutation cannot be sent with GET', async () => {
  const query = encodeURIComponent('mutation { deleteProject(input: { projectId: "x" }) { __typename } }');
  const response = await fetch(`${api.api.url}/graphql?query=${query}`);
  expect(response.status).toBe(405);
});

test('several operations at once are refused', async () => {
  expect(await post({}, '[{"query":"{__typename}"},{"query":"{__typename}"}]')).toBe(400);
});

test('every answer carries the id of its request', async () => {
  const given = await fetch(`${api.api.url}/healthz`, { headers: { 'x-request-id': 'mine-1' } });
  expect(given.headers.get('x-request-id')).toBe('mine-1');
  const made = await fetch(`${api.api.url}/healthz`, { headers: { 'x-request-id': 'not one!' } });
  expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('it is ready when database, queue and storage are', async () => {
  const response = await fetch(`${api.api.url}/readyz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    status: 'ok',
    checks: { database: { ok: true }, queue: { ok: true }, storage: { ok: true } },
  });
});

test('it is not ready without its storage, and says so', async () => {
  const log = openLog('silent');
  const directory = temporaryFolder('gone');
  const storage = await openLocalStorage(directory);
  await rm(directory, { recursive: true });
  const lame = await startApi({
    ctx: { ...api.ctx, storage },
    admission: openTo(api.ctx.actor),
    host: '127.0.0.1',
    port: 0,
    log,
  });
  try {
    const response = await fetch(`${lame.url}/readyz`);
    expect(response.status).toBe(503);
    const checks = { database: { ok: true }, queue: { ok: true }, storage: { ok: false } };
    expect(await response.json()).toMatchObject({ status: 'unavailable', checks });
  } finally {
    await lame.close();
    await storage.close();
  }
});

test('a port that is taken stops the start with the name of the setting', async () => {
  const port = Number(new URL(api.api.url).port);
  const start = startApi({
    ctx: api.ctx,
    admission: openTo(api.ctx.actor),
    host: '127.0.0.1',
    port,
    log: openLog('silent'),
  });
  await expect(start).rejects.toThrow(PortInUseError);
  await expect(start).rejects.toThrow(`PORT: ${port}`);
});

test('a bug on our side tells no more than the id of its log line', async () => {
  const lines: string[] = [];
  const log = openLog('error', { write: (line) => void lines.push(line) });
  const broken = { ...api.ctx, db: { ...api.ctx.db, project: undefined } } as unknown as typeof api.ctx;
  const server = await startApi({
    ctx: broken,
    admission: openTo(api.ctx.actor),
    host: '127.0.0.1',
    port: 0,
    log,
  });
  try {
    const response = await fetch(`${server.url}/graphql?query={projects{totalCount}}`);
    const { errors } = (await response.json()) as {
      errors: { extensions: { code: string; errorId: string } }[];
    };
    expect(JSON.stringify(errors)).not.toMatch(/undefined|stack|findMany/);
    expect(errors[0]?.extensions).toEqual({ code: 'INTERNAL', errorId: expect.any(String) });
    expect(lines.join('')).toContain(errors[0]?.extensions.errorId);
  } finally {
    await server.close();
  }
});
