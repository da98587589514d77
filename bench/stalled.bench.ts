/**
 * One client in ten stops reading for a minute while large events go on: what the server's memory does, and how soon
 * the others have each event, before, meanwhile and after; on PostgreSQL (`TEST_DATABASE_URL`). `SECONDS` sets the
 * length of each part.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { LiveAudience } from './live-audience.ts';
import { openLiveDatabase } from './live-database.ts';
import { LiveServer } from './live-server.ts';
import { percentile } from './statistics.ts';

const CLIENTS = Number(process.env['CLIENTS'] ?? 100);
const SECONDS = Number(process.env['SECONDS'] ?? 60);
const STALLED = Math.ceil(CLIENTS / 10);
/** In a minute much more than the operating system keeps for a connection. */
const EVENT_BYTES = 100_000;
const EVENTS_PER_SECOND = 5;

const payload = {
  query: `subscription { workspaceEvents(types: [PROJECT_CHANGED]) {
    ... on LiveEvent { cursor } ... on ProjectChanged { details project { id status } }
  } }`,
};

await using database = await openLiveDatabase();
const server = await LiveServer.vidpipe(database);
const readers = new LiveAudience(server.url, payload);
const stalled = new LiveAudience(server.url, payload);
await readers.join(CLIENTS - STALLED);
await stalled.join(STALLED);

async function report(part: string): Promise<void> {
  const until = performance.now() + SECONDS * 1_000;
  const latencies: number[] = [];
  let mostKib = 0;
  while (performance.now() < until) {
    const pause = delay(1_000 / EVENTS_PER_SECOND);
    for (const latency of await readers.hear(() => database.publish(EVENT_BYTES))) latencies.push(latency);
    mostKib = Math.max(mostKib, server.memoryKib);
    await pause;
  }
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(latencies, share).toFixed(0));
  const events = latencies.length / (CLIENTS - STALLED);
  console.log(
    `${part.padEnd(16)} ${events} events  p50 ${p50} ms  p99 ${p99} ms  at most ${Math.round(mostKib / 1_024)} MiB`,
  );
}

console.log(`${CLIENTS} clients, ${STALLED} of which stop reading; ${EVENT_BYTES} B an event`);
await report('all read');
stalled.pause();
await report(`${STALLED} do not read`);
stalled.resume();
await report('they read again');
console.log(`${stalled.ended} of the ${STALLED} were cut off meanwhile: they do not answer heartbeats`);
readers.leave();
stalled.leave();
server.stop();
