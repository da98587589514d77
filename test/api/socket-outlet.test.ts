import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { keepPace } from '../../src/api/sockets/keep-pace.ts';
import type { Rendered } from '../../src/api/live/outlet.ts';
import { SocketOutlet } from '../../src/api/live/socket-outlet.ts';

const ID = 'an "id"';
/** More than the operating system keeps for both ends of a connection. */
const MANY_BYTES = 64 * 2 ** 20;
const EVENT_BYTES = 500_000;
/** As long as what is read at once: of short ones many would come together, before anything can be paused. */
const QUESTION = '?'.repeat(64 * 1_024);
const MAX_UNSENT_BYTES = 64 * 1_024;

let server: WebSocketServer;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
});
afterAll(() => server.close());

let client: WebSocket;
let served: WebSocket;
let wire: Socket;
const heard: string[] = [];
beforeEach(async () => {
  heard.length = 0;
  const accepted = once(server, 'connection');
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const opened = once(client, 'open');
  client.on('message', (data: Buffer) => heard.push(String(data)));
  const [socket, request] = (await accepted) as [WebSocket, { socket: Socket }];
  served = socket;
  wire = request.socket;
  await opened;
});
afterEach(() => client.terminate());

const render = (text: string): Rendered => ({
  json: JSON.stringify({ data: { text } }),
  position: 1n,
  isLast: false,
});

/** Sends until the outlet wants no more. */
function fill(outlet: SocketOutlet): number {
  const event = render('x'.repeat(EVENT_BYTES));
  for (let sent = 1; sent * EVENT_BYTES < MANY_BYTES; sent += 1) if (!outlet.send(event)) return sent;
  throw new Error('It took everything.');
}

describe('an outlet to a socket', () => {
  test('sends messages of every length that a frame is written in another way for', async () => {
    const outlet = new SocketOutlet(served, wire, ID);
    const around = JSON.stringify({ id: ID, type: 'next', payload: { data: { text: '' } } }).length;
    const lengths = [around, 125, 126, 65_535, 65_536, 200_000];
    const texts = [...lengths.map((length) => '.'.repeat(length - around)), 'Été'];
    for (const text of texts) expect(outlet.send(render(text))).toBe(true);
    await expect.poll(() => heard).toHaveLength(texts.length);
    expect(heard.map((message) => JSON.parse(message) as unknown)).toEqual(
      texts.map((text) => ({ id: ID, type: 'next', payload: { data: { text } } })),
    );
  });

  test('says when the client does not read, holds one event beyond the limit, and waits until it does', async () => {
    const outlet = new SocketOutlet(served, wire, ID);
    client.pause();
    const sent = fill(outlet);
    expect(wire.writableLength).toBeLessThan(MAX_UNSENT_BYTES + EVENT_BYTES + 100);
    const drained = outlet.drained().then(() => heard.length);
    client.resume();
    expect(await drained).toBeGreaterThan(0);
    expect(wire.writableLength).toBe(0);
    await expect.poll(() => heard).toHaveLength(sent);
  });

  test('is drained if the client is gone', async () => {
    const outlet = new SocketOutlet(served, wire, ID);
    client.pause();
    fill(outlet);
    served.terminate();
    await outlet.drained();
    expect(outlet.send(render('to nobody'))).toBe(true);
  });

  test('sends nothing after the goodbye', async () => {
    const outlet = new SocketOutlet(served, wire, ID);
    served.close(1_001);
    outlet.send(render('too late'));
    const [code] = await once(client, 'close');
    expect([code, heard]).toEqual([1_001, []]);
  });
});

test('a client that asks and does not read is not listened to until it reads', async () => {
  const answer = 'x'.repeat(EVENT_BYTES);
  let asked = 0;
  keepPace(served, wire);
  served.on('message', () => {
    asked += 1;
    served.send(answer);
  });
  client.pause();
  const questions = Math.ceil(MANY_BYTES / EVENT_BYTES);
  for (let index = 0; index < questions; index += 1) client.send(QUESTION);
  await expect.poll(() => served.isPaused).toBe(true);
  const most = asked;
  expect(most).toBeLessThan(questions);
  client.resume();
  await vi.waitFor(() => expect(heard).toHaveLength(questions), 20_000);
});
