import type { Config } from '../../platform/config.ts';
import { openLog } from '../../platform/log.ts';
import { announceServer } from './server-file.ts';
import { startFailure } from './start-failures.ts';

export type OpenServer = {
  /** Where GraphQL is served; null for a process that only works. */
  url: string | null;
  /** Where its metrics are; null unless they have a port. */
  metricsUrl: string | null;
  /** Has one that only answers work, too, and tells other commands of this data directory where it is. */
  work(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts a server in this process.
 *
 * @param isAnnounced whether other commands of this data directory are told at once where it is.
 * @throws {CliFailure} `noServer`, naming the setting that stands in the way.
 */
export async function openServer(config: Config, isAnnounced: boolean): Promise<OpenServer> {
  try {
    // Loaded here: a command that finds a running server needs none of it.
    const { startServer } = await import('../../server.ts');
    const server = await startServer(config, openLog(config.logLevel));
    const url = server.url === null ? null : new URL('/graphql', server.url).href;
    const { instance } = server;
    let withdraw: (() => void) | undefined;
    const announce = () => {
      if (url !== null) withdraw = announceServer(config.dataDir, { url, instance });
    };
    if (isAnnounced) announce();
    const work = async () => {
      await server.work();
      announce();
    };
    const close = async () => {
      withdraw?.();
      await server.close();
    };
    return { url, metricsUrl: server.metricsUrl, work, close };
  } catch (error) {
    throw startFailure(error, config);
  }
}
