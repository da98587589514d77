import { rm } from 'node:fs/promises';
import { newId } from '../../src/core/ids.ts';
import { freePort } from '../support/free-port.ts';
import { startGoogleServer, type Surface } from '../support/google-server/start.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { clientOf } from './client.ts';
import { judge, type Verdict } from './judge.ts';
import { type Machine, PAID_MAIN, type Program, startMachine, VIDPIPE_MAIN } from './machine.ts';
import { finishAll, scriptOf } from './person.ts';

export type Ordeal = Verdict & {
  kills: number;
  films: number;
  /** Films that were not finished in the end. */
  unfinished: string[];
  /** Processes that ended without being told to, or of an error that nobody caught. */
  mishaps: string[];
  seconds: number;
};

export type Setting = {
  /** Kill -9s at random moments. */
  kills: number;
  /** Films at work at any time: finished ones are followed by new ones. */
  atOnce: number;
  /** PostgreSQL, with an API and two workers, of which the workers are killed; null for one process of everything. */
  databaseUrl: string | null;
  /** With Google's provider and the server that stands for it; with the paid test provider unless given. */
  google?: Surface;
};

/** Longest life of a process between two kills, in milliseconds from when it is ready. */
const LONGEST_LIFE_MS = 4_000;
/** Seconds after the last kill in which everything must be finished. */
const FINISH_SECONDS = 240;

/** Lets films be made while processes are killed at random moments, then looks at the books, the rows and the files. */
export async function killAtRandom(setting: Setting): Promise<Ordeal> {
  const started = Date.now();
  const dataDir = temporaryFolder('chaos');
  const port = await freePort();
  const { provider, input, ...program } = await openProvider(setting);
  await provider.settings({ operationMs: 1_500 });
  const { api, victims } = await startMachines(
    setting.databaseUrl,
    { VIDPIPE_DATA_DIR: dataDir, PORT: String(port) },
    program,
  );
  const client = clientOf(`http://127.0.0.1:${port}`);
  const projectIds: string[] = [];
  const launch = async () => {
    const tag = newId().replaceAll('-', '').slice(-12);
    projectIds.push(await client.generate(scriptOf(tag), tag, input));
  };
  try {
    for (let film = 0; film < setting.atOnce; film += 1) await launch();
    let open = [...projectIds];
    for (let kill = 0; kill < setting.kills; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
      await victims[kill % victims.length]?.restart();
      open = await finishAll(client, provider, open, 0.1);
      while (open.length < setting.atOnce) {
        await launch();
        open.push(...projectIds.slice(-1));
      }
    }
    const unfinished = await finishAll(client, provider, projectIds, FINISH_SECONDS);
    const machines = [...new Set([...victims, api])];
    for (const machine of machines) await machine.stop();
    const mishaps = machines.flatMap((machine) => machine.mishaps());
    const verdict = await judge({ dataDir, databaseUrl: setting.databaseUrl }, provider);
    const seconds = Math.round((Date.now() - started) / 1_000);
    return { ...verdict, kills: setting.kills, films: projectIds.length, unfinished, mishaps, seconds };
  } finally {
    for (const machine of new Set([...victims, api])) machine.kill('SIGKILL');
    await provider.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Who sells, and how the program is told of it. */
async function openProvider({
  google,
}: Setting): Promise<Program & { provider: PaidProviderProcess; input: object }> {
  if (!google) {
    const provider = await startPaidProvider();
    return { provider, main: PAID_MAIN, env: { PAID_PROVIDER_URL: provider.url }, input: {} };
  }
  const provider = await startGoogleServer();
  const pace = {
    VIDPIPE_GOOGLE_POLL_SECONDS: '1',
    VIDPIPE_GOOGLE_CLIPS_PER_MINUTE: '1000',
    VIDPIPE_GOOGLE_CLIPS_PER_DAY: '100000',
    VIDPIPE_GOOGLE_FRAMES_PER_MINUTE: '1000',
  };
  const input = { provider: 'GOOGLE', targetClipDuration: 4, targetDuration: 12 };
  return { provider, main: VIDPIPE_MAIN, env: { ...provider.environment(google), ...pace }, input };
}

async function startMachines(
  databaseUrl: string | null,
  place: { VIDPIPE_DATA_DIR: string; PORT: string },
  { main, env: access }: Program,
): Promise<{ api: Machine; victims: Machine[] }> {
  const env = {
    ...place,
    ...access,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  };
  if (databaseUrl === null) {
    const all = await startMachine([], env, main);
    return { api: all, victims: [all] };
  }
  const api = await startMachine(['--role', 'api'], env, main);
  const worker = () => startMachine(['--role', 'worker'], env, main);
  return { api, victims: [await worker(), await worker()] };
}
