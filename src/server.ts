import { startApi } from './api/server.ts';
import type { Config } from './platform/config.ts';
import { LOCAL_WORKSPACE_ID } from './platform/context.ts';
import type { Log } from './platform/log.ts';
import { openPlatform } from './platform/platform.ts';
import { policies } from './worker/handlers.ts';
import { startWorker } from './worker/worker.ts';

export type Server = {
  /** Where the API listens, as in `http://127.0.0.1:4000`; null for a process that only works. */
  url: string | null;
  /** Ends it: no new work is taken, what is going on is handed back, sockets are told. */
  close(): Promise<void>;
};

/**
 * Starts what `config.role` asks for: the API, workers, or both on one database.
 *
 * @throws {DirectoryInUseError} if another process has the data directory.
 * @throws {PortInUseError} if another program has the port.
 * @throws {Error} if PostgreSQL cannot be reached or a migration fails.
 */
export async function startServer(config: Config, log: Log): Promise<Server> {
  const { role, host, port, concurrency, databaseUrl, dataDir } = config;
  await using opened = new AsyncDisposableStack();
  const platform = await openPlatform({ databaseUrl, dataDir, policies }, log);
  opened.defer(() => platform.close());
  const workspace = { workspaceId: LOCAL_WORKSPACE_ID };

  let url: string | null = null;
  if (role !== 'worker') {
    const api = await startApi({
      ctx: { ...platform, actor: { name: 'local', ...workspace } },
      host,
      port,
      log,
    });
    opened.defer(() => api.close());
    url = api.url;
  }
  if (role !== 'api') {
    const ctx = { ...platform, actor: { name: 'worker', ...workspace } };
    const worker = await startWorker(ctx, { concurrency, log });
    opened.defer(() => worker.close());
  }
  const running = opened.move();
  return { url, close: () => running.disposeAsync() };
}
