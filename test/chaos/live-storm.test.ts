import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { recordAudit } from '../../src/features/audit/audit.ts';
import { openLog } from '../../src/platform/log.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { openPlatform, type Platform } from '../../src/platform/platform.ts';
import { policies } from '../../src/worker/handlers.ts';
import { findPostgres } from '../support/needs.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { newDataDir, startVidpipe, type VidpipeProcess } from '../support/vidpipe-process.ts';
import { StormClient } from './storm-client.ts';

/** `STORM_CLIENTS=200` is the size that has to hold. */
const CLIENTS = Number(process.env['STORM_CLIENTS'] ?? 40);
const RUNS = 50;
const SERVERS = 3;
/** Longest pause between two steps of a run. */
const STEP_MILLISECONDS = 1_000;
const TIME_LIMIT = 180_000;
const ENGINE = { name: 'test', workspaceId: LOCAL_WORKSPACE_ID };

describe.skipIf(findPostgres() === null)('a storm', () => {
  let database: TestDatabase;
  let platform: Platform;
  const servers: { process: VidpipeProcess; url: string }[] = [];

  beforeAll(async () => {
    database = await makeTestDatabase();
    platform = await openPlatform({ ...database, policies }, openLog('silent'));
    for (let index = 0; index < SERVERS; index += 1) servers.push(await serve());
  }, TIME_LIMIT);
  afterAll(async () => {
    for (const { process } of servers) process.child.kill('SIGKILL');
    await platform.close();
    await database.remove();
  });

  async function serve(port = '0') {
    const process = startVidpipe(['serve', '--role', 'api'], {
      DATABASE_URL: database.databaseUrl ?? '',
      VIDPIPE_DATA_DIR: newDataDir(),
      PORT: port,
      LOG_LEVEL: 'silent',
    });
    const [url] = await process.saw(/http:\S+\/graphql/);
    return { process, url };
  }

  /** Kills a server as a power cut does, and starts it again at the same address. */
  async function replace(index: number): Promise<void> {
    const server = servers[index];
    if (!server) return;
    server.process.child.kill('SIGKILL');
    await server.process.ended;
    servers[index] = await serve(new URL(server.url).port);
  }

  /** A change in a transaction that takes its time. */
  const step = (runId: string) =>
    platform.db.$transaction(async (tx) => {
      await recordAudit(tx, ENGINE, {
        subject: { type: 'PipelineRun', id: runId },
        projectId: null,
        runId,
        eventType: 'STATE_CHANGE',
        message: 'A step.',
      });
      await delay(Math.random() * 20);
    });

  /** Steps of many runs at once, until the storm is over. */
  async function write(storm: AbortSignal): Promise<void> {
    const writeRun = async (runId: string) => {
      while (!storm.aborted) {
        await step(runId);
        await delay(Math.random() * STEP_MILLISECONDS);
      }
    };
    await Promise.all(Array.from({ length: RUNS }, () => writeRun(newId())));
  }

  test(
    'of lost connections and killed servers costs no client an event, and tells none twice',
    { timeout: TIME_LIMIT },
    async () => {
      const url = () => servers[Math.floor(Math.random() * SERVERS)]?.url ?? '';
      const clients = Array.from({ length: CLIENTS }, () => new StormClient(url));
      const storm = new AbortController();
      const written = write(storm.signal);
      const cut = (async () => {
        while (!storm.signal.aborted) {
          await delay(50);
          clients[Math.floor(Math.random() * CLIENTS)]?.cut();
        }
      })();
      for (let index = 0; index < SERVERS; index += 1) await replace(index);
      storm.abort();
      await Promise.all([written, cut]);

      const rows = await platform.db.auditLog.findMany({ orderBy: { sequence: 'asc' } });
      const log = rows.map(({ sequence }) => String(sequence));
      expect(log.length).toBeGreaterThan(RUNS);
      for (const client of clients) await client.reached(log.at(-1) ?? '');
      for (const { heard } of clients) expect(heard).toEqual(log);
      expect(clients.reduce((sum, { connections }) => sum + connections, 0)).toBeGreaterThan(
        CLIENTS + SERVERS,
      );
      for (const client of clients) client.close();
    },
  );
});
