/** In a network of its own: a server, many clients of Server-Sent Events, and then no network. Prints what became of them. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { openTestApi } from '../../support/test-api.ts';

const CLIENTS = 200;
const LOOK_MILLISECONDS = 500;

const lo = (state: string) => execFileSync('ip', ['link', 'set', 'lo', state]);
lo('up');
const api = await openTestApi();
const { host, port } = new URL(api.api.url);

const QUERY = JSON.stringify({ query: 'subscription { workspaceEvents { ... on LiveEvent { cursor } } }' });
const REQUEST = [
  'POST /graphql HTTP/1.1',
  `Host: ${host}`,
  'Content-Type: application/json',
  'Accept: text/event-stream',
  `Content-Length: ${QUERY.length}`,
  `\r\n${QUERY}`,
].join('\r\n');
const clients = Array.from({ length: CLIENTS }, () => connect(Number(port), '127.0.0.1'));
for (const client of clients) {
  client.on('error', () => {});
  client.write(REQUEST);
  await once(client, 'data');
  client.resume();
}

const served = async () => {
  const text = await api.api.metrics.metrics();
  return Number(/^vidpipe_subscriptions (\d+)$/m.exec(text)?.[1]);
};
const before = await served();
lo('down');
const since = performance.now();
while ((await served()) > 0 && performance.now() - since < 120_000) await delay(LOOK_MILLISECONDS);
console.log(JSON.stringify({ before, left: await served(), seconds: (performance.now() - since) / 1_000 }));
process.exit(0);
