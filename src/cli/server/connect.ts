/** Where a command finds its server: `--url`, the one that has the data directory, or one of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../platform/config.ts';
import { type ApiClient, openApi, type ServerAddress } from './api-client.ts';
import { onceFree } from './data-directory.ts';
import { LiveRunsDocument } from '../generated/graphql.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { onInterrupt } from '../input/interrupt.ts';
import { findServer } from './server-file.ts';
import { given } from './refusals.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { saying, whileSaying } from '../output/while-saying.ts';

export type Connection = {
  api: ApiClient;
  /** Whether the server runs in this process and ends with it. */
  isOwn: boolean;
  /** Whether an own one makes films, too; of another nobody knows. */
  readonly makesFilms: boolean;
  /**
   * Has an own server make films from now on: those that were begun before as well, so that nobody pays for them who has
   * not agreed to anything.
   */
  work(): Promise<void>;
  /** Has `close` wait for no film that an own server makes: it goes on once another server is there. */
  leave(): void;
  /** @throws {CliFailure} `cancelled` if Ctrl-C had it wait no longer for what an own server makes. */
  close(): Promise<void>;
};

/**
 * What a command needs of a server of its own: `api` only answers, `all` makes films, too, and `agreed` does so from
 * `work()` on, once what the command asks for is agreed to and begun.
 */
export type Need = 'all' | 'api' | 'agreed';

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
    const close = () => api.close();
    return { api, isOwn: false, makesFilms: false, work: async () => {}, leave: () => {}, close };
  }
  return connectOwn(found, openApi({ url: found.url, urlFrom: null }, config.apiKey), need === 'all');
}

function connectOwn(server: OwnServer, api: ApiClient, isWorking: boolean): Connection {
  let isLeft = false;
  return {
    api,
    isOwn: true,
    get makesFilms() {
      return isWorking;
    },
    async work() {
      if (isWorking) return;
      isWorking = true;
      await server.work();
    },
    leave() {
      isLeft = true;
    },
    async close() {
      let isInterrupted = false;
      try {
        isInterrupted = isWorking && !isLeft && (await waitForAll(api));
      } finally {
        await api.close();
        await server.close();
      }
      if (isInterrupted) throw new CliFailure(EXIT.cancelled, LEFT);
    },
  };
}

const findOrStart = (config: Config, need: Need): Promise<ServerAddress | OwnServer> =>
  onceFree(async () => {
    const running = await findServer(config.dataDir);
    return running === undefined ? startOwn(config, need) : { url: running, urlFrom: null };
  });

type OwnServer = OpenServer & { url: string };

async function startOwn(config: Config, need: Need): Promise<OwnServer> {
  const role = need === 'all' ? 'all' : 'api';
  const own = { ...config, port: 0, metricsPort: null, role, logLevel: quiet(config) } as const;
  const server = await whileSaying('Starting vidpipe for this command ...', () =>
    // One that only answers would leave the films of others undone.
    openServer(own, need === 'all'),
  );
  if (server.url === null) throw new Error('A server that answers has an address.');
  return { ...server, url: server.url };
}

const LIVE_POLL_MS = 1_000;

const WAITING = 'Waiting for what is made here; Ctrl-C leaves it to the next server ...';

const LEFT =
  'No longer waited for; what is finished stays, and the rest goes on once another server is there: vidpipe serve';

/** @returns whether Ctrl-C ended it before all was done. */
async function waitForAll(api: ApiClient): Promise<boolean> {
  const interrupted = new AbortController();
  const stopListening = onInterrupt(() => interrupted.abort());
  try {
    if ((await countLive(api)) > 0) await saying(WAITING, () => allEnded(api, interrupted.signal));
  } finally {
    stopListening();
  }
  return interrupted.signal.aborted;
}

/** Jobs that the command started, and films that other commands which found this server launched: they end before it does. */
async function allEnded(api: ApiClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await countLive(api)) > 0)
    await sleep(LIVE_POLL_MS, undefined, { signal }).catch(() => {});
}

async function countLive(api: ApiClient): Promise<number> {
  const { pipelineRuns, jobs } = await api.request(LiveRunsDocument, {});
  return given(pipelineRuns).totalCount + given(jobs).totalCount;
}

/** The API tells of failures by itself; a person watching a film being made wants no log unless asked for. */
const quiet = ({ logLevel, sources }: Config) => (sources.logLevel === 'default' ? 'silent' : logLevel);
