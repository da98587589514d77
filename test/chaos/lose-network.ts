import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { newId, requireId } from '../../src/core/ids.ts';
import { freePort } from '../support/free-port.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { type Client, isOutage, clientOf } from './client.ts';
import { judge, type Verdict } from './judge.ts';
import { LogWatch } from './log-watch.ts';
import { startMachine } from './machine.ts';
import { FAULTS, type Outage, suffer } from './network-faults.ts';
import { finishAll, lookAfter, scriptOf } from './person.ts';
import { StormClient } from './storm-client.ts';

export type NetworkOrdeal = Verdict & {
  /** Name of a fault -> times it struck. */
  faults: Record<string, number>;
  films: number;
  unfinished: string[];
  mishaps: string[];
  /** Entries of the log. */
  events: number;
  /** Whether a subscriber heard exactly the log, in its order, however its processes' networks failed. */
  heardAll: boolean;
  /** Longest from the commit of an entry, or from the end of an outage in which nothing could arrive, to the subscriber; seconds. */
  slowestEvent: number;
  /** Longest from the end of a fault until a film that was asked for then was at work, by name of the fault; seconds. */
  slowestRecovery: Record<string, number>;
  /** Of the run of the program. */
  seconds: number;
};

/** Between two faults: recovery has to be over by then. */
const QUIET_MILLISECONDS = [3_000, 15_000] as const;
const FINISH_SECONDS = 240;
/** Films at work at any time. */
const AT_ONCE = 2;
/** Later than this nothing counts as a recovery any more. */
const GIVE_UP_MILLISECONDS = 120_000;

/**
 * Makes films with an API and two workers, each behind a network of its own to PostgreSQL that fails at random, then
 * looks at the books, the rows, the files and what a subscriber heard.
 */
export async function loseNetwork(databaseUrl: string, seconds: number): Promise<NetworkOrdeal> {
  const began = Date.now();
  await using left = new AsyncDisposableStack();
  const dataDir = temporaryFolder('network');
  left.defer(() => rm(dataDir, { recursive: true, force: true }));
  const provider = await startPaidProvider();
  left.defer(() => provider.stop());
  await provider.settings({ operationMs: 1_500 });
  const proxies = await Promise.all(Array.from({ length: 3 }, () => startTcpProxy(databaseUrl)));
  for (const proxy of proxies) left.defer(() => proxy.close());
  const port = await freePort();
  const machines = [];
  for (const [index, proxy] of proxies.entries()) {
    const machine = await startMachine(['--role', index === 0 ? 'api' : 'worker'], {
      VIDPIPE_DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: 'fatal',
      PAID_PROVIDER_URL: provider.url,
      DATABASE_URL: proxy.through(databaseUrl),
    });
    left.defer(() => machine.kill('SIGKILL'));
    machines.push(machine);
  }
  const url = `http://127.0.0.1:${port}`;
  const client = clientOf(url, isOutage);
  const watch = await LogWatch.open(databaseUrl);
  const heardAt = new Map<string, number>();
  const subscriber = new StormClient(
    () => `${url}/graphql`,
    (cursor) => heardAt.set(cursor, Date.now()),
  );
  left.defer(() => subscriber.close());

  const films = new Films(client, provider);
  const working = films.keepBusy();
  const { outages, slowestRecovery } = await strike(proxies, films, watch, began + seconds * 1_000);
  films.stop();
  await working;
  const unfinished = await finishAll(client, provider, films.ids, FINISH_SECONDS);
  for (const machine of machines.slice(1)) await machine.stop();
  const log = await watch.close();
  await Promise.race([subscriber.reached(log.at(-1) ?? ''), delay(30_000)]);
  await machines[0]?.stop();
  return {
    ...(await judge({ dataDir, databaseUrl }, provider)),
    faults: countBy(outages),
    films: films.ids.length,
    unfinished,
    mishaps: machines.flatMap((machine) => machine.mishaps()),
    events: log.length,
    heardAll: subscriber.heard.join() === log.join(),
    slowestEvent: slowestEvent(watch.committedAt, heardAt, outages),
    slowestRecovery,
    seconds: Math.round((Date.now() - began) / 1_000),
  };
}

/** Films that are asked for, looked after as a person would. */
class Films {
  readonly ids: string[] = [];
  readonly #client: Client;
  readonly #provider: PaidProviderProcess;
  #isStopped = false;

  constructor(client: Client, provider: PaidProviderProcess) {
    this.#client = client;
    this.#provider = provider;
  }

  /** Asks for one, until the API has taken it. */
  async launch(): Promise<string> {
    const tag = newId().replaceAll('-', '').slice(-12);
    const id = await this.#client.generate(scriptOf(tag), tag);
    this.ids.push(id);
    return id;
  }

  async keepBusy(): Promise<void> {
    let open: string[] = [];
    while (!this.#isStopped) {
      while (open.length < AT_ONCE) open.push(await this.launch());
      const left: string[] = [];
      for (const id of open) if (!(await lookAfter(this.#client, this.#provider, id))) left.push(id);
      open = left;
      await delay(1_000);
    }
  }

  stop(): void {
    this.#isStopped = true;
  }
}

async function strike(proxies: readonly TcpProxy[], films: Films, watch: LogWatch, end: number) {
  const outages: Outage[] = [];
  const slowestRecovery: Record<string, number> = {};
  for (let turn = 0; Date.now() < end; turn += 1) {
    const fault = FAULTS[turn % FAULTS.length]!;
    // Of one process, or of all.
    const struck = Math.random() < 0.4 ? proxies : [proxies[Math.floor(Math.random() * proxies.length)]!];
    const outage = await suffer(fault, struck);
    outages.push(outage);
    const film = await films.launch();
    await begun(watch, film);
    const recovery = (Date.now() - outage.endedAt) / 1_000;
    slowestRecovery[fault.name] = Math.max(slowestRecovery[fault.name] ?? 0, recovery);
    const [least, most] = QUIET_MILLISECONDS;
    await delay(least + Math.random() * (most - least));
  }
  return { outages, slowestRecovery };
}

async function begun(watch: LogWatch, film: string): Promise<void> {
  const end = Date.now() + GIVE_UP_MILLISECONDS;
  const id = requireId('Project', film, []);
  while (!watch.begun.has(id) && Date.now() < end) await delay(100);
}

/** Seconds; infinite if one never came. */
function slowestEvent(
  committedAt: ReadonlyMap<string, number>,
  heardAt: ReadonlyMap<string, number>,
  outages: readonly Outage[],
): number {
  const couldArriveFrom = (committed: number, heard: number) => {
    const during = outages.filter(
      ({ isDeaf, beganAt, endedAt }) => isDeaf && beganAt - 1_000 <= heard && committed <= endedAt,
    );
    return Math.max(committed, ...during.map(({ endedAt }) => endedAt));
  };
  const waits = [...committedAt].map(([cursor, committed]) => {
    const heard = heardAt.get(cursor) ?? Infinity;
    return heard - couldArriveFrom(committed, heard);
  });
  return Math.max(0, ...waits) / 1_000;
}

function countBy(outages: readonly Outage[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fault } of outages) counts[fault] = (counts[fault] ?? 0) + 1;
  return counts;
}
