/** Serves metrics on a port of their own: for workers, who have no other, and for what a tenant's key must not see. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { listen } from './api/http/listen.ts';
import { openRunMetrics } from './features/runs/run-metrics.ts';
import { installationMetrics } from './installation-metrics.ts';
import { type Config, isLoopback } from './platform/config.ts';
import type { Log } from './platform/log.ts';
import { registryOf } from './platform/metric-kinds.ts';
import type { Platform } from './platform/platform.ts';
import { processMetrics } from './platform/process-metrics.ts';
import { providerCalls } from './providers/provider-metrics.ts';

const LOCAL_NAMES = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export type MetricsServer = {
  /** Where they are, as in `http://127.0.0.1:9464/metrics`. */
  url: string;
  close(): Promise<void>;
};

type Told = {
  config: Pick<Config, 'host' | 'metricsPort'>;
  platform: Platform;
  /** What this process's API and worker count. */
  own: readonly Registry[];
  log: Log;
  /** Whether an actor's changes are this process's to count. */
  isOurs: (actor: string) => boolean;
};

/**
 * Counts, and serves what was counted to whoever reaches the port; there are no keys here, and nothing of any one
 * workspace.
 *
 * @returns null, and counts nothing, where there is no port for it.
 * @throws {PortInUseError} if another program has the port.
 */
export async function openMetrics({
  config,
  platform,
  own,
  log,
  isOurs,
}: Told): Promise<MetricsServer | null> {
  const { host, metricsPort } = config;
  if (metricsPort === null) return null;
  const runs = await openRunMetrics(platform, log, isOurs);
  const ofProcess = [processMetrics(), registryOf(providerCalls), runs.registry, ...own];
  const server = serverOf(Registry.merge([...ofProcess, installationMetrics(platform)]), isLoopback(host));
  await listen(server, host, metricsPort).catch(async (error: unknown) => {
    await runs.close();
    throw error;
  });
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${(server.address() as AddressInfo).port}/metrics`,
    async close() {
      await runs.close();
      await closed(server);
    },
  };
}

const serverOf = (registry: Registry, isLocal: boolean): Server =>
  createServer((request, response) => {
    // On this machine alone, a page whose name was pointed here (DNS rebinding) is nobody.
    const isStranger = isLocal && !LOCAL_NAMES.test(request.headers.host ?? '');
    const isAsked = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    if (isStranger || !isAsked) response.writeHead(isStranger ? 421 : 404).end();
    else tell(registry, response).catch(() => response.writeHead(500).end());
  });

async function tell(registry: Registry, response: ServerResponse): Promise<void> {
  const text = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text);
}

function closed(server: Server): Promise<void> {
  const end = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return end;
}
