/** Clients of Server-Sent Events that are still there and take nothing. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StreamWatch } from '../../src/api/live/stream-watch.ts';
import { tailOf } from '../../src/features/audit/live/log-tail.ts';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { seedProject } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { recordCall } from './support/record-call.ts';

const api = useTestApi({ limits: { streamPatience: { lookMilliseconds: 30, untakenMilliseconds: 400 } } });

const DETAILS = 'x'.repeat(900_000);
const EVENTS = 8;

async function listen(projectId: string) {
  const socket = connect(Number(new URL(api.api.url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  const query = `subscription { projectEvents(projectId: "${encodeGlobalId('Project', projectId)}") { ... on ChangeEvent { message details } } }`;
  const body = JSON.stringify({ query });
  const head = [
    'POST /graphql HTTP/1.1',
    `Host: ${new URL(api.api.url).host}`,
    'Content-Type: application/json',
    'Accept: text/event-stream',
  ];
  socket.write(`${head.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await once(socket, 'data');
  return socket;
}

test('one that stops reading is cut off, one that reads is not', async () => {
  const { followers } = tailOf(api.ctx);
  const projectId = await seedProject(api.db);
  const [reads, stuck] = [await listen(projectId), await listen(projectId)];
  let bytes = 0;
  reads.on('data', (chunk) => (bytes += chunk.length));
  stuck.pause();
  await expect.poll(() => tailOf(api.ctx).followers).toBe(followers + 1);
  for (let index = 0; index < EVENTS; index += 1)
    await recordCall(api, projectId, String(index), { DETAILS });
  await expect.poll(() => bytes, { timeout: 10_000 }).toBeGreaterThan(EVENTS * DETAILS.length);
  const subscriptions = async () =>
    /^vidpipe_subscriptions (\d+)$/m.exec(await (await fetch(`${api.api.url}/metrics`)).text())?.[1];
  await expect.poll(subscriptions, { timeout: 10_000 }).toBe('1');
  expect(reads.closed).toBe(false);
  for (const socket of [reads, stuck]) socket.destroy();
});

test('one whose connection is closed is looked at no more', async () => {
  const socket = new Socket();
  let looks = 0;
  Object.defineProperty(socket, 'bytesWritten', { get: () => (looks += 1) });
  const streams = new StreamWatch({ lookMilliseconds: 5, untakenMilliseconds: 60_000 });
  streams.watch({ req: { socket } } as ServerResponse);
  await expect.poll(() => looks).toBeGreaterThan(0);
  socket.destroy();
  // A look may be on its way.
  await sleep(50);
  const before = looks;
  await sleep(50);
  expect(looks).toBe(before);
});

test('one that took something, and takes nothing more, is cut off', async () => {
  const socket = new Socket();
  Object.defineProperties(socket, { bytesWritten: { value: 1_000 }, writableLength: { value: 100 } });
  const streams = new StreamWatch({ lookMilliseconds: 5, untakenMilliseconds: 50 });
  streams.watch({ req: { socket } } as ServerResponse);
  await expect.poll(() => socket.destroyed).toBe(true);
});

test('one that takes a large event slowly is not cut off', { tags: 'long' }, async () => {
  const large = 64 * 2 ** 20;
  const streams = new StreamWatch({ lookMilliseconds: 20, untakenMilliseconds: 700 });
  const server = createServer((socket) => {
    streams.watch({ req: { socket } } as ServerResponse);
    socket.write(Buffer.alloc(large));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let taken = 0;
  client.on('data', (chunk) => {
    taken += chunk.length;
    client.pause();
    setTimeout(() => client.resume(), 2);
  });
  await expect.poll(() => taken === large || client.closed, { timeout: 30_000 }).toBe(true);
  expect(taken).toBe(large);
  client.destroy();
  server.close();
});
