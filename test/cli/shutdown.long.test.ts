import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { findPostgres } from '../support/needs.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { newDataDir, startVidpipe, type VidpipeProcess } from '../support/vidpipe-process.ts';

/** Milliseconds for a film of one long clip on a machine that does other things too. */
const PATIENT_MS = 180_000;

const running = new Set<VidpipeProcess>();
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all([...running].map(({ ended }) => ended));
  running.clear();
});

function start(env: Record<string, string>, role: 'all' | 'api' | 'worker'): VidpipeProcess {
  const process = startVidpipe(['serve', '--role', role], { PORT: '0', LOG_LEVEL: 'silent', ...env });
  running.add(process);
  return process;
}

async function serve(env: Record<string, string>, role: 'all' | 'api' = 'all') {
  const process = start(env, role);
  const [url] = await process.saw(/http:\S+\/graphql/);
  return { ...process, url };
}

async function ask<Data>(url: string, query: string, variables: object): Promise<Data> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query, variables });
  const response = await fetch(url, { method: 'POST', headers, body });
  return ((await response.json()) as { data: Data }).data;
}

const LAUNCH = `mutation ($input: GenerateFilmInput!) {
  launch: generateFilm(input: $input) { ... on GenerateFilmPayload { run { id project { id } } } }
}`;
type Launched = { launch: { run: { id: string; project: { id: string } } } };

/** One clip, and longer in the making than steps in progress are given. */
const FILM = { prompt: 'A lighthouse at dusk.', targetClipDuration: 15, targetDuration: 15 };

/** Launches a film and returns once its clip is in the making, with a socket that follows it. */
async function startRendering(url: string) {
  const { launch } = await ask<Launched>(url, LAUNCH, { input: FILM });
  const rendering = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<number>();
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    on: { closed: (event) => closed.resolve((event as { code: number }).code) },
  });
  client.subscribe<{ clip: { status: string } }>(
    {
      query:
        'subscription ($id: ID!) { clip: videoClipStatusChanged(projectId: $id, after: "0") { status } }',
      variables: { id: launch.run.project.id },
    },
    {
      next: ({ data }) => data?.clip.status !== 'PENDING' && rendering.resolve(),
      error: () => {},
      complete: () => {},
    },
  );
  await rendering.promise;
  return { runId: launch.run.id, closed: closed.promise };
}

const untilCompleted = (url: string, runId: string) =>
  expect
    .poll(() => ask(url, 'query ($id: ID!) { pipelineRun(id: $id) { status } }', { id: runId }), {
      timeout: PATIENT_MS,
      interval: 250,
    })
    .toEqual({ pipelineRun: { status: 'COMPLETED' } });

const answer = async (url: string, path: string) => (await fetch(new URL(path, url))).status;

function childrenOf({ child }: VidpipeProcess): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'ppid=,pid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.filter(([parent]) => parent === child.pid).map(([, pid = 0]) => pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** They notice that their parent is gone. */
const untilGone = (pids: number[]) => expect.poll(() => pids.filter(isAlive), { timeout: 3_000 }).toEqual([]);

const secondsSince = (moment: number) => (performance.now() - moment) / 1_000;

describe('a server that is told to stop', () => {
  /** The same for all: a new embedded database takes seconds to make. */
  const env = { VIDPIPE_DATA_DIR: newDataDir() };

  test('has nothing to wait for when it is idle', { timeout: PATIENT_MS }, async () => {
    const server = await serve(env);
    const told = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
    expect(secondsSince(told)).toBeLessThan(4);
  });

  test(
    'in the middle of a clip, with all its processes: sends requests elsewhere, closes sockets with 1001 and ends with 0 within ten seconds; the next one finishes the film',
    { timeout: PATIENT_MS },
    async () => {
      const server = await serve(env);
      const { runId, closed } = await startRendering(server.url);
      await expect.poll(() => childrenOf(server)).not.toEqual([]);

      const told = performance.now();
      const children = childrenOf(server);
      // As systemd does, and a terminal: all processes of a service are told at once.
      for (const pid of children) process.kill(pid, 'SIGTERM');
      server.child.kill('SIGTERM');
      await expect.poll(() => answer(server.url, '/readyz')).toBe(503);
      expect(await answer(server.url, '/healthz')).toBe(200);
      const { code } = await server.ended;
      expect(secondsSince(told)).toBeLessThan(10);
      expect({ code, socket: await closed }).toEqual({ code: 0, socket: 1001 });
      await untilGone(children);

      const next = await serve(env);
      await untilCompleted(next.url, runId);
    },
  );

  test('leaves at once at the second signal', { timeout: PATIENT_MS }, async () => {
    const server = await serve(env);
    await startRendering(server.url);
    server.child.kill('SIGINT');
    await server.saw(/Stopping/);
    // Presses closer together than this count as one.
    await sleep(300);
    const children = childrenOf(server);
    const told = performance.now();
    server.child.kill('SIGINT');
    expect(await server.ended).toMatchObject({ code: 130 });
    // It waits ten seconds for what is at work where nobody presses again.
    expect(secondsSince(told)).toBeLessThan(8);
    await untilGone(children);
  });
});

describe.skipIf(findPostgres() === null)('with an API and workers in processes of their own', () => {
  let made: TestDatabase;
  let database: pg.Client;
  let env: Record<string, string>;
  beforeAll(async () => {
    made = await makeTestDatabase();
    const { databaseUrl, dataDir } = made;
    env = { DATABASE_URL: databaseUrl ?? '', VIDPIPE_DATA_DIR: dataDir, VIDPIPE_CONCURRENCY: '1' };
    database = new pg.Client(databaseUrl ?? '');
  });
  afterAll(async () => {
    await database.end();
    await made.remove();
  });

  async function startWorker(): Promise<VidpipeProcess> {
    const worker = start(env, 'worker');
    await worker.saw(/vidpipe is working/);
    return worker;
  }

  test(
    'a worker that stops hands its clip to another one, and no try is used up',
    { timeout: PATIENT_MS },
    async () => {
      const api = await serve(env, 'api');
      await database.connect();
      const first = await startWorker();
      const { runId } = await startRendering(api.url);
      await startWorker();
      first.child.kill('SIGTERM');
      expect(await first.ended).toMatchObject({ code: 0 });
      await untilCompleted(api.url, runId);
      // A claim that had to lapse would have counted.
      expect((await database.query('SELECT name FROM pgboss.job WHERE retry_count > 0')).rows).toEqual([]);
    },
  );

  test('a worker whose database hangs leaves after ten seconds with 1', { timeout: PATIENT_MS }, async () => {
    const api = await serve(env, 'api');
    const worker = await startWorker();
    await startRendering(api.url);
    await database.query('BEGIN; LOCK TABLE pgboss.job IN ACCESS EXCLUSIVE MODE');
    const told = performance.now();
    worker.child.kill('SIGTERM');
    const { code, stderr } = await worker.ended;
    await database.query('ROLLBACK');
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/did not stop/) as string,
    });
    expect(secondsSince(told)).toBeLessThan(11);
  });
});
