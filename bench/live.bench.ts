/**
 * One event to many sockets, with a selection that reads the database, beside bare `ws` that sends as many bytes of
 * one constant string; on PostgreSQL (`TEST_DATABASE_URL`). An event is published when everybody has the last one.
 * `IDLE=10000` says how many idle sockets are then held.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { newId } from '../src/core/ids.ts';
import { LOCAL_WORKSPACE_ID } from '../src/platform/context.ts';
import { makeTestDatabase } from '../test/support/test-database.ts';
import { LiveAudience } from './live-audience.ts';

const CLIENTS = Number(process.env['CLIENTS'] ?? 1_000);
const EVENTS = Number(process.env['EVENTS'] ?? 100);
const IDLE = Number(process.env['IDLE'] ?? 10_000);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const CLOCK_TICKS_PER_SECOND = 100;

const payload = {
  query: `subscription { workspaceEvents(types: [PROJECT_CHANGED]) {
    ... on LiveEvent { cursor occurredAt }
    ... on ProjectChanged { message project { id title prompt status createdAt updatedAt scenes { id status } } }
  } }`,
};
type Server = { child: ChildProcess; url: string };

async function start(args: string[], env: Record<string, string> = {}): Promise<Server> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, args, {
    env: { PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const text of child.stdout ?? []) {
    printed += String(text);
    const [url] = /http:\S+\/graphql/.exec(printed) ?? [];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`No server: ${printed}`);
}

const cpuMicroseconds = ({ child }: Server) => {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND) * 1e6;
};

const memoryKib = ({ child }: Server) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);

const percentile = (sorted: number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
const median = (values: number[]) =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

type Publish = () => Promise<unknown>;

async function measure(server: Server, publish: Publish) {
  const audience = new LiveAudience(server.url, payload);
  await audience.join(CLIENTS);
  for (let warm = 0; warm < 5; warm += 1) await audience.hear(publish);
  const before = { cpu: cpuMicroseconds(server), at: performance.now() };
  const latencies: number[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    for (const latency of await audience.hear(publish)) latencies.push(latency);
  }
  const seconds = (performance.now() - before.at) / 1_000;
  const cpu = cpuMicroseconds(server) - before.cpu;
  audience.leave();
  latencies.sort((a, b) => a - b);
  const messages = CLIENTS * EVENTS;
  return {
    perSecond: messages / seconds,
    cpuPerMessage: cpu / messages,
    p99: percentile(latencies, 0.99),
    bytes: audience.bytes,
  };
}

/** KiB that an idle socket with a subscription costs. */
async function idle(server: Server): Promise<{ perSocket: number; total: number }> {
  const before = memoryKib(server);
  const audience = new LiveAudience(server.url, payload);
  await audience.join(IDLE);
  await delay(3_000);
  const after = memoryKib(server);
  audience.leave();
  return { perSocket: (after - before) / IDLE, total: after };
}

const { databaseUrl, dataDir, ...made } = await makeTestDatabase();
if (databaseUrl === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server.');
const serve = () =>
  start(['src/main.ts', 'serve', '--role', 'api', '--port', '0'], {
    DATABASE_URL: databaseUrl,
    VIDPIPE_DATA_DIR: dataDir,
    VIDPIPE_MAX_SOCKETS: '100000',
    LOG_LEVEL: 'error',
  });
const worker = new pg.Client({ connectionString: databaseUrl });
try {
  const first = await serve();
  first.child.kill('SIGKILL');
  await worker.connect();
  const projectId = newId();
  await worker.query(
    `INSERT INTO projects (id, workspace_id, title, prompt, updated_at) VALUES ($1, $2, 'Dusk', 'A lighthouse wakes.', now())`,
    [projectId, LOCAL_WORKSPACE_ID],
  );
  /** What a worker does in a process of its own. */
  const publish = () =>
    worker.query(
      `INSERT INTO audit_logs (id, actor, workspace_id, project_id, subject_type, subject_id, event_type, message)
       VALUES ($1, 'bench', $2, $3, 'Project', $3, 'STATE_CHANGE', 'It moved.')`,
      [newId(), LOCAL_WORKSPACE_ID, projectId],
    );
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await serve();
    const ours = await measure(server, publish);
    server.child.kill('SIGKILL');
    const bare = await start(['bench/live-broadcast.ts', String(ours.bytes)]);
    const limit = await measure(bare, () => fetch(bare.url).then((response) => response.text()));
    bare.child.kill('SIGKILL');
    rounds.push({ ours, limit });
    const show = ({ perSecond, cpuPerMessage, p99 }: typeof ours) =>
      `${Math.round(perSecond)} messages/s, ${cpuPerMessage.toFixed(1)} µs CPU a message, p99 ${p99.toFixed(0)} ms`;
    console.log(`ours ${show(ours)} | bare ws ${show(limit)} | ${ours.bytes} bytes`);
  }
  const rate = median(rounds.map(({ ours, limit }) => ours.perSecond / limit.perSecond));
  const cpu = median(rounds.map(({ ours, limit }) => ours.cpuPerMessage / limit.cpuPerMessage));
  console.log(`of bare ws: ${rate.toFixed(2)} of the messages/s, ${cpu.toFixed(2)} times the CPU a message`);
  const server = await serve();
  const { perSocket, total } = await idle(server);
  console.log(
    `${IDLE} idle sockets: ${perSocket.toFixed(1)} KiB each, ${Math.round(total / 1_024)} MiB in all`,
  );
  server.child.kill('SIGKILL');
} finally {
  await worker.end();
  await made.remove();
}
