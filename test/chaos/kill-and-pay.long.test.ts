/** Kill -9 between reservation, call, answer and settlement: the ledger says what the provider's books say, or UNKNOWN. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FilmCall } from '../../src/features/projects/film-provider.ts';
import { freePort } from '../support/free-port.ts';
import { sleep } from '../support/paid-film.ts';
import type { PaidProviderOptions } from '../support/paid-provider/adapter.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { makeTestDatabase } from '../support/test-database.ts';
import { type Client, clientOf, type Project } from './client.ts';
import { type Machine, startMachine } from './machine.ts';
import { callsOf, finishAll, lookAfter } from './person.ts';

const SOON = { timeout: 60_000, interval: 100 };

/** `DURING` is after the provider sold it and before it answered. */
type Death = { call: FilmCall; point: 'BEFORE_CALL' | 'DURING' | 'AFTER_ANSWER' };

const DEATHS: Death[] = (['STORYBOARD', 'KEYFRAME', 'CLIP'] as const).flatMap((call) =>
  (['BEFORE_CALL', 'DURING', 'AFTER_ANSWER'] as const).map((point) => ({ call, point })),
);

let provider: PaidProviderProcess;
let port: number;
let client: Client;
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let machine: Machine | undefined;
beforeAll(async () => {
  provider = await startPaidProvider();
  database = await makeTestDatabase();
  port = await freePort();
  client = clientOf(`http://127.0.0.1:${port}`);
});
afterAll(async () => {
  machine?.kill('SIGKILL');
  await provider.stop();
  await database.remove();
});

/** Starts everything in one process, which dies at that point once it comes to it. */
async function start(next: Death | undefined): Promise<Machine> {
  const dies = next && next.point !== 'DURING' ? { dieAt: { call: next.call, point: next.point } } : {};
  const options: PaidProviderOptions = { timeLimitSeconds: 60, pollSeconds: 0.2, ...dies };
  return startMachine([], {
    VIDPIPE_DATA_DIR: database.dataDir,
    PORT: String(port),
    LOG_LEVEL: 'fatal',
    PAID_PROVIDER_URL: provider.url,
    PAID_PROVIDER_OPTIONS: JSON.stringify(options),
    ...(database.databaseUrl !== null && { DATABASE_URL: database.databaseUrl }),
  });
}

const sold = async (kind: FilmCall) =>
  (await provider.ledger()).filter((entry) => entry.kind === kind).length;

function isAlive(of: Machine): boolean {
  try {
    return process.kill(of.pid(), 0);
  } catch {
    return false;
  }
}

/** Waits until the machine is dead, by its own hand or by ours. */
async function death(of: Machine, { call, point }: Death, soldBefore: number): Promise<void> {
  if (point === 'DURING') {
    while ((await sold(call)) === soldBefore) await sleep(50);
    of.kill('SIGKILL');
  }
  await expect.poll(() => isAlive(of), SOON).toBe(false);
}

/** What of the books the ledger neither has nor says it does not know. */
async function lost(project: Project): Promise<string[]> {
  const calls = callsOf(project);
  const books = await provider.ledger();
  return [...new Set([...books, ...calls].map(({ subject }) => subject))].filter((subject) => {
    const settled = calls.filter((call) => call.subject === subject && call.kinds.includes('SETTLE')).length;
    const unknown = calls.filter((call) => call.subject === subject && isUnknown(call)).length;
    const charged = books.filter((entry) => entry.subject === subject).length;
    return charged < settled || charged > settled + unknown;
  });
}

const isUnknown = ({ kinds }: { kinds: string[] }) => kinds.at(-1) === 'UNKNOWN';

test(
  'a process killed at any point of any paid call loses no money and doubles none',
  { timeout: 400_000 },
  async () => {
    const tag = 'killed';
    let projectId = '';
    for (const [index, { call, point }] of DEATHS.entries()) {
      if (point === 'DURING')
        await provider.fault({ call: call === 'CLIP' ? 'SUBMIT' : call, kind: 'SLOW', delayMs: 30_000 });
      const soldBefore = await sold(call);
      machine ??= await start({ call, point });
      if (projectId === '') projectId = await client.generate(`A fox called ${tag} wakes.`, tag);
      else await goOn(projectId);
      await death(machine, { call, point }, soldBefore);
      expect(await sold(call), `${call} ${point}`).toBe(soldBefore + (point === 'BEFORE_CALL' ? 0 : 1));

      machine = await start(DEATHS[index + 1]);
      const run = async () => (await client.project(projectId)).runs.edges[0]?.node;
      await expect.poll(run, SOON).toMatchObject({ status: 'FAILED', errorCode: 'OUTCOME_UNKNOWN' });
      const project = await client.project(projectId);
      const unknown = callsOf(project).filter(isUnknown);
      expect(
        unknown.map((of) => of.call),
        `${call} ${point}`,
      ).toEqual([call]);
      expect(project.cost).toMatchObject({ reservedMicroUsd: 0 });
      expect(await lost(project), `${call} ${point}`).toEqual([]);
      // It was not bought again by itself.
      expect(await sold(call)).toBe(soldBefore + (point === 'BEFORE_CALL' ? 0 : 1));
    }
    expect(await finishAll(client, provider, [projectId], 60)).toEqual([]);
    const { cost } = await client.project(projectId);
    const charged = (await provider.ledger()).reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);
    expect(cost).toEqual({ settledMicroUsd: charged, reservedMicroUsd: 0, unknownMicroUsd: 0 });
  },
);

/** A person says what became of the call that nobody knows of, and lets the film go on. */
async function goOn(projectId: string): Promise<void> {
  const project = await client.project(projectId);
  const [unknown] = callsOf(project).filter(isUnknown);
  // A clip that was sold is written off, so that there is another one to die over.
  if (unknown?.call === 'CLIP' && (await sold('CLIP')) > 0) {
    await client.settleCall(unknown.operationKey, 'WAS_CHARGED');
    for (const { id } of project.scenes) await client.retry(id);
  } else await lookAfter(client, provider, projectId);
}
