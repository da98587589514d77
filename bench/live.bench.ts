/**
 * One event to many sockets, with a selection that reads the database: beside bare `ws` that sends as many bytes of
 * one constant string, and beside Mercurius; on PostgreSQL (`TEST_DATABASE_URL`). An event is published when everybody
 * has the last one. Then so many sockets are held that hear nothing. `CLIENTS`, `EVENTS`, `ROUNDS` and `IDLE` set the
 * size.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { LiveAudience } from './live-audience.ts';
import { openLiveDatabase } from './live-database.ts';
import { LiveServer } from './live-server.ts';
import { installPeers } from './peers/install.ts';
import { median, percentile } from './statistics.ts';

const CLIENTS = Number(process.env['CLIENTS'] ?? 1_000);
const EVENTS = Number(process.env['EVENTS'] ?? 100);
const IDLE = Number(process.env['IDLE'] ?? 10_000);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
/** As after a minute of service: each program has compiled what it runs often. */
const WARM_UP_EVENTS = 50;
/** A slower server has fewer events, in warming up and in a round. */
const MOST_SECONDS = 20;

const payload = {
  query: `subscription { workspaceEvents(types: [PROJECT_CHANGED]) {
    ... on LiveEvent { cursor occurredAt }
    ... on ProjectChanged { message project { id title prompt status createdAt updatedAt scenes { id status } } }
  } }`,
};

type Sample = { perSecond: number; cpuMicroseconds: number; p99: number; bytes: number };

async function measure(server: LiveServer, publish: () => Promise<unknown>): Promise<Sample> {
  const audience = new LiveAudience(server.url, payload);
  await audience.join(CLIENTS);
  const hear = async (events: number) => {
    const until = performance.now() + MOST_SECONDS * 1_000;
    const latencies: number[] = [];
    for (let event = 0; event < events && performance.now() < until; event += 1) {
      for (const latency of await audience.hear(publish)) latencies.push(latency);
    }
    return latencies;
  };
  await hear(WARM_UP_EVENTS);
  const before = { cpu: server.cpuMicroseconds, at: performance.now() };
  const latencies = await hear(EVENTS);
  const seconds = (performance.now() - before.at) / 1_000;
  const cpu = server.cpuMicroseconds - before.cpu;
  audience.leave();
  server.stop();
  return {
    perSecond: latencies.length / seconds,
    cpuMicroseconds: cpu / latencies.length,
    p99: percentile(latencies, 0.99),
    bytes: audience.bytes,
  };
}

function show(name: string, { perSecond, cpuMicroseconds, p99, bytes }: Sample): void {
  const rate = String(Math.round(perSecond)).padStart(6);
  const cpu = cpuMicroseconds.toFixed(1).padStart(6);
  console.log(
    `${name.padEnd(10)} ${rate} messages/s  ${cpu} µs CPU each  p99 ${p99.toFixed(0)} ms  ${bytes} B`,
  );
}

/** What an idle socket with a subscription costs. */
async function holdIdle(server: LiveServer): Promise<void> {
  const before = server.memoryKib;
  const audience = new LiveAudience(server.url, payload);
  await audience.join(IDLE);
  await delay(3_000);
  const after = server.memoryKib;
  audience.leave();
  server.stop();
  const each = ((after - before) / IDLE).toFixed(1);
  console.log(`${IDLE} idle sockets: ${each} KiB each, ${Math.round(after / 1_024)} MiB in all`);
}

installPeers();
await using database = await openLiveDatabase();
const publish = () => database.publish();
const rounds: Record<'ours' | 'bare' | 'mercurius', Sample>[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const ours = await measure(await LiveServer.vidpipe(database), publish);
  show('vidpipe', ours);
  const broadcast = await LiveServer.start(['bench/live-broadcast.ts', String(ours.bytes)]);
  const bare = await measure(broadcast, async () => (await fetch(broadcast.url)).text());
  show('bare ws', bare);
  const mercurius = await measure(
    await LiveServer.start(['bench/peers/mercurius.mjs'], { DATABASE_URL: database.databaseUrl }),
    publish,
  );
  show('Mercurius', mercurius);
  rounds.push({ ours, bare, mercurius });
}
const ratio = (key: 'perSecond' | 'cpuMicroseconds', to: 'bare' | 'mercurius') =>
  median(rounds.map((round) => round.ours[key] / round[to][key]));
console.log(
  `of bare ws: ${ratio('perSecond', 'bare').toFixed(2)} of the messages/s, ` +
    `${ratio('cpuMicroseconds', 'bare').toFixed(2)} times the CPU a message (median of ${ROUNDS} rounds)`,
);
console.log(`of Mercurius: ${ratio('perSecond', 'mercurius').toFixed(1)} times the messages/s`);
await holdIdle(await LiveServer.vidpipe(database));
