/** How long the server keeps a connection on which nothing happens. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openTestApi, useTestApi } from '../support/test-api.ts';

const usual = useTestApi();

async function get(agent: Agent, url: string) {
  const sent = request(new URL('/healthz', url), { agent }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  await once(response, 'end');
  return { headers: response.headers, socket: sent.socket as Socket };
}

test('a proxy may use a connection again that was idle for longer than its own limit', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const first = await get(agent, usual.api.url);
  expect(first.headers['keep-alive']).toBe('timeout=65');
  // Longer than the 6 s after which Node closes it by itself.
  await delay(7_000);
  expect((await get(agent, usual.api.url)).socket).toBe(first.socket);
  agent.destroy();
});

test('the time of an idle connection does not count as that of the next request’s headers', async () => {
  const short = await openTestApi({ limits: { headersSeconds: 1, keepAliveSeconds: 10 } });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const first = await get(agent, short.api.url);
  await delay(2_500);
  expect((await get(agent, short.api.url)).socket).toBe(first.socket);
  agent.destroy();

  const { port } = new URL(short.api.url);
  const slow = connect(Number(port), '127.0.0.1');
  slow.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
  const [answer] = await once(slow, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 408 /);
  slow.destroy();
  await short.remove();
});
