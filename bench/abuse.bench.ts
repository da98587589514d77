/**
 * What a good client notices while another one sends what once ended the process: how late the event loop answers
 * (`/healthz`), how late a query, and the server's memory, beside the same of a quiet server in the same run; on
 * PostgreSQL (`TEST_DATABASE_URL`). `CHECKOUT` names the folder of another version of the program, to compare with;
 * `SECONDS` sets the length of each part.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ATTACKS, type AttackName } from './abuse-attacks.ts';
import { makeTestDatabase } from '../test/support/test-database.ts';
import { LiveServer } from './live-server.ts';
import { percentile } from './statistics.ts';

const SECONDS = Number(process.env['SECONDS'] ?? 20);
const CHECKOUT = process.env['CHECKOUT'] ?? '.';
/** How long memory has to come back. */
const REST_MILLISECONDS = 5_000;
const PAUSE_MILLISECONDS = 5;
/** A client that has waited so long takes the server for dead. */
const PATIENCE_MILLISECONDS = 60_000;

type Sample = { loop: number[]; query: number[]; mostKib: number; cpuMicroseconds: number; isDead: boolean };

async function latency(ask: (signal: AbortSignal) => Promise<Response>): Promise<number> {
  const from = performance.now();
  const answer = await ask(AbortSignal.timeout(PATIENCE_MILLISECONDS));
  await answer.text();
  return performance.now() - from;
}

/** A good client's part of a run. */
async function measure(server: LiveServer): Promise<Sample> {
  const sample: Sample = { loop: [], query: [], mostKib: 0, cpuMicroseconds: 0, isDead: false };
  const cpu = server.cpuMicroseconds;
  const query = '{ projects(first: 5) { edges { node { id title status } } } }';
  const until = performance.now() + SECONDS * 1_000;
  const health = new URL('/healthz', server.url);
  while (performance.now() < until) {
    try {
      sample.loop.push(await latency((signal) => fetch(health, { signal })));
      sample.query.push(
        await latency((signal) => fetch(`${server.url}?query=${encodeURIComponent(query)}`, { signal })),
      );
      sample.mostKib = Math.max(sample.mostKib, server.memoryKib);
    } catch {
      return { ...sample, isDead: true };
    }
    await delay(PAUSE_MILLISECONDS);
  }
  return { ...sample, cpuMicroseconds: server.cpuMicroseconds - cpu };
}

const figures = (values: number[]) =>
  [0.5, 0.99, 1].map((share) => percentile(values, share).toFixed(1).padStart(8)).join('');
const mebibytes = (kib: number) => `${Math.round(kib / 1_024)} MiB`;

function show(part: string, { loop, query, mostKib, isDead }: Sample): void {
  const end = isDead ? '; the server died' : '';
  console.log(`${part.padEnd(18)}${figures(loop)}  ${figures(query)}   at most ${mebibytes(mostKib)}${end}`);
}

const sum = (counts: Iterable<number>) => [...counts].reduce((all, count) => all + count, 0);

/** CPU that a request of an attack takes, in milliseconds, with nobody else about. */
async function cpuOfRequest(server: LiveServer, count: () => number): Promise<number> {
  const [cpu, before] = [server.cpuMicroseconds, count()];
  await delay(REST_MILLISECONDS);
  return (server.cpuMicroseconds - cpu) / 1_000 / (count() - before);
}

async function attack(name: AttackName, databaseUrl: string): Promise<void> {
  const server = await LiveServer.vidpipe({ databaseUrl, dataDir: database.dataDir }, CHECKOUT);
  // As after a minute of service.
  await measure(server);
  const quiet = await measure(server);
  show('quiet', quiet);
  const heldBefore = await server.heldKib();
  const answers = new Map<string, number>();
  let [slowest, longest] = [0, 0];
  const attacker = new Worker(new URL('abuse-attacker.ts', import.meta.url), {
    workerData: { url: server.url, name },
  });
  await once(attacker, 'message');
  attacker.postMessage('begin');
  attacker.on('message', (answer: { status: number | null; bytes?: number; milliseconds: number }) => {
    const status = String(answer.status ?? 'none');
    answers.set(status, (answers.get(status) ?? 0) + 1);
    slowest = Math.max(slowest, answer.milliseconds);
    longest = Math.max(longest, answer.bytes ?? 0);
  });
  const during = await measure(server);
  show(name, during);
  const cpuEach = during.isDead ? NaN : await cpuOfRequest(server, () => sum(answers.values()));
  await attacker.terminate();
  await delay(REST_MILLISECONDS);
  const statuses = [...answers].map(([status, times]) => `${times} × ${status}`).join(', ');
  console.log(
    `  answered ${statuses}; slowest ${slowest.toFixed(0)} ms, longest ${longest} B; ${cpuEach.toFixed(1)} ms CPU each`,
  );
  if (!during.isDead) {
    const ratio = (of: (sample: Sample) => number) => (of(during) / of(quiet)).toFixed(2);
    console.log(
      `  of quiet: event loop p99 ${ratio(({ loop }) => percentile(loop, 0.99))}, ` +
        `query p99 ${ratio((sample) => percentile(sample.query, 0.99))}, memory ${ratio(({ mostKib }) => mostKib)}; ` +
        `afterwards ${mebibytes(server.memoryKib)}`,
    );
    const held = await server.heldKib();
    console.log(
      `  heap once garbage is collected: ${mebibytes(heldBefore)} before, ${mebibytes(held)} after; ` +
        `then ${mebibytes(server.memoryKib)} in all`,
    );
  }
  server.stop();
}

const database = await makeTestDatabase();
const { databaseUrl } = database;
if (databaseUrl === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server.');
console.log(`${''.padEnd(18)}  event loop, ms            query, ms`);
console.log(`${''.padEnd(18)}     p50     p99     max       p50     p99     max`);
for (const name of Object.keys(ATTACKS) as AttackName[]) await attack(name, databaseUrl);
await database.remove();
