import { setTimeout as delay } from 'node:timers/promises';
import { createProject } from '../../src/features/projects/project.ts';
import { launchRun } from '../../src/features/pipelines/confirm/launch.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { openPlatform } from '../../src/platform/platform.ts';
import { policies } from '../../src/worker/handlers.ts';
import { freePort } from '../support/free-port.ts';
import { makeTestDatabase } from '../support/test-database.ts';
import { type Machine, startMachine, STORM_WORKER_MAIN, VIDPIPE_MAIN } from './machine.ts';
import { StormClient } from './storm-client.ts';

const SERVERS = 3;
const WORKERS = 2;
const CUT_MILLISECONDS = 50;

export type Storm = { clients: number; runs: number };

export type Aftermath = {
  /** Entries of the log in the end. */
  events: number;
  /** Runs that did not end with a film. */
  unfinished: number;
  /** Servers killed with -9, each started again at its address. */
  kills: number;
  /** Connections that the clients made in all. */
  connections: number;
  /** Clients that did not hear exactly the log, in its order. */
  wrong: number;
  seconds: number;
};

/**
 * Makes films on two workers while clients follow the log on three API processes, whose connections are cut at random
 * and which are killed one after the other until the last film is made; on the PostgreSQL of `TEST_DATABASE_URL`.
 */
export async function raiseStorm({ clients: count, runs }: Storm): Promise<Aftermath> {
  const began = performance.now();
  await using left = new AsyncDisposableStack();
  const { databaseUrl, dataDir, ...made } = await makeTestDatabase();
  left.defer(() => made.remove());
  if (databaseUrl === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server.');
  const platform = await openPlatform({ databaseUrl, dataDir, policies }, openLog('silent'));
  left.defer(() => platform.close());
  const ctx = { ...platform, actor: { name: 'test', workspaceId: LOCAL_WORKSPACE_ID } };
  const env = { DATABASE_URL: databaseUrl, VIDPIPE_DATA_DIR: dataDir };
  const start = async (main: string, role: string, port: number) => {
    const machine = await startMachine(['--role', role], { ...env, PORT: String(port) }, main);
    left.defer(() => machine.kill('SIGKILL'));
    return machine;
  };
  const ports = await Promise.all(Array.from({ length: SERVERS }, freePort));
  const servers: Machine[] = [];
  for (const port of ports) servers.push(await start(VIDPIPE_MAIN, 'api', port));

  const url = () => `http://127.0.0.1:${ports[Math.floor(Math.random() * SERVERS)]}/graphql`;
  const clients = Array.from({ length: count }, () => new StormClient(url));
  left.defer(() => clients.forEach((client) => client.close()));
  for (let run = 0; run < runs; run += 1) await launch(ctx);
  for (let index = 0; index < WORKERS; index += 1) await start(STORM_WORKER_MAIN, 'worker', 0);

  const storm = new AbortController();
  const cut = cutAtRandom(clients, storm.signal);
  let kills = 0;
  for (; kills < SERVERS || (await openRuns(ctx)) > 0; kills += 1) await servers[kills % SERVERS]?.restart();
  storm.abort();
  await cut;

  const rows = await ctx.db.auditLog.findMany({ orderBy: { sequence: 'asc' }, select: { sequence: true } });
  const log = rows.map(({ sequence }) => String(sequence));
  for (const client of clients) await client.reached(log.at(-1) ?? '');
  return {
    events: log.length,
    unfinished: runs - (await ctx.db.pipelineRun.count({ where: { status: 'COMPLETED' } })),
    kills,
    connections: clients.reduce((sum, { connections }) => sum + connections, 0),
    wrong: clients.filter(({ heard }) => heard.join() !== log.join()).length,
    seconds: Math.round((performance.now() - began) / 1_000),
  };
}

async function launch(ctx: Ctx): Promise<void> {
  const { id: projectId } = await createProject(ctx, {
    prompt: 'A lighthouse wakes at dusk. A ship finds its way home.',
    targetClipDuration: 4,
    targetDuration: 8,
  });
  await launchRun(ctx, { projectId, stopAfter: null, crossfadeSeconds: 0, idempotencyKey: null });
}

const openRuns = (ctx: Ctx): Promise<number> => ctx.db.pipelineRun.count({ where: { completedAt: null } });

async function cutAtRandom(clients: readonly StormClient[], storm: AbortSignal): Promise<void> {
  while (!storm.aborted) {
    await delay(CUT_MILLISECONDS);
    clients[Math.floor(Math.random() * clients.length)]?.cut();
  }
}
