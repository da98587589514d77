/** Where a command finds its server: `--url`, the one that has the data directory, or one of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../platform/config.ts';
import { type ApiClient, openApi, type ServerAddress } from './api-client.ts';
import { onceFree } from './data-directory.ts';
import { LiveRunsDocument } from '../generated/graphql.ts';
import { findServer } from './server-file.ts';
import { given } from './refusals.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { whileSaying } from '../output/while-saying.ts';

export type Connection = {
  api: ApiClient;
  /** Whether the server runs in this process and ends with it. */
  isOwn: boolean;
  /** Has `close` wait for no film that an own server makes: it goes on once another server is there. */
  leave(): void;
  close(): Promise<void>;
};

/** What a command needs of a server of its own: `all` makes films, `api` only answers. */
export type Need = 'all' | 'api';

/**
 * Connects to the server a command talks to; starts one on a free port, for this command alone, if there is none.
 *
 * @param address of a server that was named; null looks for the server of the data directory, and waits for one that
 * is about to start or to leave.
 * @throws {CliFailure} `noServer` if one has to be started and cannot.
 */
export async function connect(
  config: Config,
  address: ServerAddress | null,
  need: Need,
): Promise<Connection> {
  const found = address ?? (await findOrStart(config, need));
  if (!('close' in found)) {
    const api = openApi(found, config.apiKey);
    return { api, isOwn: false, leave: () => {}, close: () => api.close() };
  }
  let isLeft = false;
  const api = openApi({ url: found.url, urlFrom: null }, config.apiKey);
  const close = async () => {
    if (need === 'all' && !isLeft)
      await whileSaying('Waiting for a film that another command makes here ...', () => allEnded(api));
    await api.close();
    await found.close();
  };
  const leave = () => {
    isLeft = true;
  };
  return { api, isOwn: true, leave, close };
}

const findOrStart = (config: Config, need: Need): Promise<ServerAddress | OwnServer> =>
  onceFree(async () => {
    const running = await findServer(config.dataDir);
    return running === undefined ? startOwn(config, need) : { url: running, urlFrom: null };
  });

type OwnServer = OpenServer & { url: string };

async function startOwn(config: Config, need: Need): Promise<OwnServer> {
  const own = { ...config, port: 0, metricsPort: null, role: need, logLevel: quiet(config) };
  const server = await whileSaying('Starting vidpipe for this command ...', () =>
    // One that only answers would leave the films of others undone.
    openServer(own, need === 'all'),
  );
  if (server.url === null) throw new Error('A server that answers has an address.');
  return { ...server, url: server.url };
}

const LIVE_POLL_MS = 1_000;

/** Other commands may have found this server and launched films on it: they end before it does. */
async function allEnded(api: ApiClient): Promise<void> {
  const live = async () => given((await api.request(LiveRunsDocument, {})).pipelineRuns).totalCount;
  while ((await live()) > 0) await sleep(LIVE_POLL_MS);
}

/** The API tells of failures by itself; a person watching a film being made wants no log unless asked for. */
const quiet = ({ logLevel, sources }: Config) => (sources.logLevel === 'default' ? 'silent' : logLevel);
