import { BlockList } from 'node:net';
import { hostname } from 'node:os';
import type { Registry } from 'prom-client';
import { warmReaderSoon } from './api/operations/large-requests.ts';
import { type Api, startApi } from './api/http/server.ts';
import { KeyRing } from './features/api-keys/key-ring.ts';
import { openMediaSigner } from './features/assets/media-signer.ts';
import { warnOfNewStorage } from './features/upkeep/new-storage.ts';
import { logChanges } from './features/audit/live/log-changes.ts';
import { openMetrics } from './metrics-server.ts';
import { asksForKeys, type Config } from './platform/config.ts';
import { type Actor, LOCAL_WORKSPACE_ID } from './platform/context.ts';
import { INSTANCE } from './platform/instance.ts';
import type { Log } from './platform/log.ts';
import { parseNetworks } from './platform/outbound/networks.ts';
import { openOutbound } from './platform/outbound/outbound.ts';
import { openPlatform, type Platform } from './platform/platform.ts';
import { configureWhisper } from './features/transcripts/sources/whisper.ts';
import { configureProviders } from './providers/registry.ts';
import { background } from './worker/background.ts';
import { policies } from './worker/handlers.ts';
import { leaveBeyondRecovery } from './worker/last-resort.ts';
import { startWorker, type Worker } from './worker/worker.ts';

export type Server = {
  /** Where the API listens, as in `http://127.0.0.1:4000`; null for a process that only works. */
  url: string | null;
  /** What `/healthz` calls it. */
  instance: string;
  /** Where its metrics are; null unless they have a port. */
  metricsUrl: string | null;
  /** Has one that was started to answer only work, too, from now on; what it does is in no metrics. */
  work(): Promise<void>;
  /**
   * Ends it: no new work is taken, short steps end and long ones are handed back, while requests are still answered
   * but `/readyz` says 503; then sockets are told. Takes at most about nine seconds unless something hangs.
   */
  close(): Promise<void>;
};

/** The person at this machine. */
const PERSON: Actor = { name: 'local', workspaceId: LOCAL_WORKSPACE_ID };

/** The engine in this process: the log then tells which machine did what. */
const ENGINE: Actor = { name: `worker:${hostname()}:${process.pid}`, workspaceId: LOCAL_WORKSPACE_ID };

/** Whose changes a process logs: with many of them, each its own. An API does what people and programs ask for. */
const LOGGED = {
  all: () => true,
  api: (actor: string) => !actor.startsWith('worker:'),
  worker: (actor: string) => actor === ENGINE.name,
};

/**
 * Starts what `config.role` asks for: the API, workers, or both on one database.
 *
 * @throws {InvalidSettingsError} if the settings of a provider do not fit each other.
 * @throws {DirectoryInUseError} if another process has the data directory.
 * @throws {PortInUseError} if another program has the port.
 * @throws {Error} if PostgreSQL cannot be reached or a migration fails.
 */
export async function startServer(config: Config, log: Log): Promise<Server> {
  const { role, databaseUrl, dataDir, storageUrl, secretKey } = config;
  configureProviders(config);
  configureWhisper(config.whisperModel);
  await using opened = new AsyncDisposableStack();
  const outbound = openOutbound({
    networks: config.webhookNetworks,
    filmNetworks: config.ingestNetworks,
  });
  const ingest = { folder: config.ingestFolder, mostBytes: config.ingestGigabytes * 1e9 };
  const stores = { databaseUrl, dataDir, storageUrl, secretKey };
  const platform = await openPlatform({ ...stores, outbound, ingest, policies }, log);
  opened.defer(() => platform.close());
  await warnOfNewStorage(platform, log);
  let isWorking = role !== 'api';
  const isOurs = (actor: string) => LOGGED[role === 'api' && isWorking ? 'all' : role](actor);
  opened.defer(await logChanges(platform, log, isOurs));

  const own: Registry[] = [];

  let api: Api | null = null;
  if (role !== 'worker') {
    const keys = await openKeys(config, platform, log);
    opened.defer(() => keys.close());
    const started = await openApi(config, platform, keys, log);
    opened.defer(() => started.close());
    opened.defer(
      warmReaderSoon((error) =>
        log.error({ err: error }, 'The thread that reads large requests did not start'),
      ),
    );
    own.push(started.metrics);
    api = started;
  }
  if (isWorking) {
    const worker = await openWorker(config, platform, log);
    opened.defer(() => worker.close());
    own.push(worker.metrics);
  }
  if (role === 'worker') opened.defer(leaveBeyondRecovery(platform.pulse, log));
  const metrics = await openMetrics({ config, platform, own, log, isOurs });
  opened.defer(() => metrics?.close());
  const running = opened.move();
  return {
    url: api?.url ?? null,
    instance: INSTANCE,
    metricsUrl: metrics?.url ?? null,
    async work() {
      if (isWorking) return;
      isWorking = true;
      const worker = await openWorker(config, platform, log);
      running.defer(() => worker.close());
    },
    close() {
      api?.drain();
      return running.disposeAsync();
    },
  };
}

async function openWorker(config: Config, platform: Platform, log: Log): Promise<Worker> {
  const { concurrency, logRetentionDays } = config;
  const signer = await openMediaSigner(platform.db);
  const tasks = background({ signer, logRetentionDays });
  return startWorker({ ...platform, actor: ENGINE }, { concurrency, log, tasks });
}

const openKeys = (config: Config, { db, notifications }: Platform, log: Log): Promise<KeyRing> =>
  KeyRing.open({
    db,
    notifications,
    anybody: asksForKeys(config) ? null : PERSON,
    onError: (error) => log.warn({ err: error }, 'API keys could not be checked'),
  });

function openApi(config: Config, ctx: Platform, admission: KeyRing, log: Log): Promise<Api> {
  const { host, port, publicUrls, allowedOrigins } = config;
  const { maxSockets, maxSocketsPerKey, maxWaitingSocketsPerAddress, keepAliveSeconds, headersSeconds } =
    config;
  const places = { maxSockets, maxSocketsPerKey, maxWaitingSocketsPerAddress };
  const limits = { ...places, keepAliveSeconds, headersSeconds };
  const trustedProxies = parseNetworks(config.trustedProxies ?? '') ?? new BlockList();
  const names = { publicUrls: publicUrls ?? [], allowedOrigins: allowedOrigins ?? [] };
  return startApi({ ctx, admission, host, port, log, trustedProxies, ...limits, ...names });
}
