import type { Config } from '../../platform/config.ts';
import { openLog } from '../../platform/log.ts';
import { announceServer } from './server-file.ts';
import { startFailure } from './start-failures.ts';

export type OpenServer = {
  /** Where GraphQL is served; null for a process that only works. */
  url: string | null;
  /** Where its metrics are; null unless they have a port. */
  metricsUrl: string | null;
  close(): Promise<void>;
};

/**
 * Starts a server in this process.
 *
 * @param announced whether other commands of this data directory are told where it is.
 * @throws {CliFailure} `noServer`, naming the setting that stands in the way.
 */
export async function openServer(config: Config, announced: boolean): Promise<OpenServer> {
  try {
    // Loaded here: a command that finds a running server needs none of it.
    const { startServer } = await import('../../server.ts');
    const server = await startServer(config, openLog(config.logLevel));
    const url = server.url === null ? null : new URL('/graphql', server.url).href;
    const { instance } = server;
    const withdraw =
      url === null || !announced ? () => {} : announceServer(config.dataDir, { url, instance });
    const close = async () => {
      withdraw();
      await server.close();
    };
    return { url, metricsUrl: server.metricsUrl, close };
  } catch (error) {
    throw startFailure(error, config);
  }
}
