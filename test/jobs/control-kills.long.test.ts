/** Random orders of what people do to a job, two at a time, while what works on it is killed. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobClientOf } from '../chaos/job-client.ts';
import { lookAfter } from '../chaos/job-settling.ts';
import { judgeJob } from '../chaos/judge-job.ts';
import { type Machine, startMachines } from '../chaos/machine.ts';
import { freePort } from '../support/free-port.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';

const ROWS = 8;
const SOON = { timeout: 90_000, interval: 200 };

let database: TestDatabase;
let provider: PaidProviderProcess;
let machines: Machine[];
let client: ReturnType<typeof jobClientOf>;

beforeAll(async () => {
  database = await makeTestDatabase();
  provider = await startPaidProvider();
  const port = await freePort();
  const { databaseUrl, dataDir } = database;
  machines = await startMachines(databaseUrl !== null, {
    VIDPIPE_DATA_DIR: dataDir,
    PORT: String(port),
    PAID_PROVIDER_URL: provider.url,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  });
  client = jobClientOf(`http://127.0.0.1:${port}`);
}, 240_000);

afterAll(async () => {
  for (const machine of machines) machine.kill('SIGKILL');
  await provider.stop();
  await database.remove();
});

const UNDONE = { statuses: ['FAILED', 'NEEDS_REVIEW', 'SKIPPED'] };
const ORDERS = [
  ['resumeJob', {}],
  ['pauseJob', {}],
  ['retryRows', UNDONE],
] as const;
const both = (deed: () => Promise<unknown>) => Promise.all([deed(), deed()]);

/** What may be done to a job, by its name; `number` is of a row, or of a machine. */
const DEEDS: Record<string, (jobId: string, number: number) => Promise<unknown>> = {
  pauseJob: (jobId) => client.tell('pauseJob', { jobId }),
  pauseNow: (jobId) => client.tell('pauseJob', { jobId, now: true }),
  resumeJob: (jobId) => both(() => client.tell('resumeJob', { jobId })),
  retryUndone: (jobId) => both(() => client.tell('retryRows', { jobId, ...UNDONE })),
  retryRow: (jobId, row) => both(() => client.tell('retryRows', { jobId, rowNumbers: [row] })),
  skipRow: (jobId, row) => client.tell('skipRows', { jobId, rowNumbers: [row] }),
  fail: () => provider.fault({ call: 'STORYBOARD', kind: 'STATUS', status: 400 }),
  wait: () => new Promise((resolve) => setTimeout(resolve, 150)),
  kill: async (_jobId, number) => machines[number % machines.length]?.restart(),
};
const deed = fc.record({
  name: fc.constantFrom(...Object.keys(DEEDS), 'kill', 'wait'),
  number: fc.integer({ min: 2, max: ROWS + 1 }),
});

let walks = 0;
/** A job that was confirmed and put through it; its rows have words of their own. */
async function walk(deeds: readonly { name: string; number: number }[]): Promise<string> {
  walks += 1;
  const walkNumber = walks;
  const prompts = Array.from({ length: ROWS }, (_, row) => `Walk ${walkNumber}x of row ${row}x.`);
  const job = await client.preview(prompts);
  await client.confirm(job);
  for (const { name, number } of deeds) await DEEDS[name]?.(job.id, number);
  await provider.clearFaults();
  return job.id;
}

const storyboardsOf = async (walkNumber: number) =>
  (await provider.ledger()).filter(({ subject }) => subject.startsWith(`Walk ${walkNumber}x `));

const sequences = fc.array(deed, { minLength: 5, maxLength: 14 });
const params = { numRuns: Number(process.env['RUNS'] ?? 1), endOnFailure: true };
const ended: { jobId: string; lost: string[] }[] = [];

test(
  'whatever people do and whatever is killed, each row of a job ends with its result',
  { timeout: 900_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (deeds) => {
        const jobId = await walk(deeds);
        const lost: string[] = [];
        await client.tell('resumeJob', { jobId });
        await expect
          .poll(async () => {
            await client.tell('retryRows', { jobId, statuses: ['SKIPPED'] });
            return lookAfter(client, provider, jobId, lost);
          }, SOON)
          .toBe(true);
        await expect.poll(() => client.job(jobId), SOON).toMatchObject({ status: 'COMPLETED' });
        ended.push({ jobId, lost });
      }),
      params,
    );
  },
);

test(
  'a job that is cancelled amid all that stops, buys nothing more, and takes no more orders',
  { timeout: 900_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(sequences, fc.nat(ROWS), async (deeds, number) => {
        const jobId = await walk(deeds);
        const [refusal] = await Promise.all([
          client.tell('cancelJob', { jobId }),
          machines[number % machines.length]?.restart(),
        ]);
        // It was over already.
        fc.pre(refusal === null);
        await expect.poll(() => client.job(jobId), SOON).toMatchObject({ processingRows: 0 });
        expect(await client.job(jobId)).toMatchObject({ status: 'CANCELLED' });
        const bought = await storyboardsOf(walks);
        for (const [name, more] of ORDERS)
          expect(await client.tell(name, { jobId, ...more })).toBe('JOB_STATE');
        await expect.poll(() => client.liveRuns(), SOON).toBe(0);
        expect(await storyboardsOf(walks)).toEqual(bought);
        expect(new Set(bought.map(({ subject }) => subject)).size).toBe(bought.length);
      }),
      params,
    );
  },
);

test('and once all is over: each row was bought once, and counters are exact', async () => {
  for (const machine of machines) await machine.stop();
  expect(ended.length).toBeGreaterThan(0);
  for (const { jobId, lost } of ended)
    expect(await judgeJob(database, provider, jobId, null, lost)).toEqual({
      unfinished: 0,
      notOnce: [],
      miscounted: [],
      misheard: 0,
    });
  expect(machines.flatMap((machine) => machine.mishaps())).toEqual([]);
});
