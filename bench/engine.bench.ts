/**
 * Whole film runs (storyboard, keyframes, clips, stitch) with a provider that answers at once, beside a bare pg-boss
 * chain of as many steps, on one PostgreSQL (`TEST_DATABASE_URL`). The ratio says what locks, states, events and
 * planning cost on top of a queue; it holds on any machine, the rates do not.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { makeTestDatabase } from '../test/support/test-database.ts';
import type { EngineOrder, EngineReport } from './engine-worker.ts';

/** Runs a measurement; long enough that starting and ending do not count. */
const RUNS = Number(process.env['RUNS'] ?? 200);
const ROUNDS = 3;

type Kind = EngineOrder['kind'];

/** Runs a second of `RUNS` runs, launched before the clock starts and worked on by so many processes. */
async function rate(kind: Kind, processes: number): Promise<number> {
  const { databaseUrl, dataDir, ...made } = await makeTestDatabase();
  if (databaseUrl === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server.');
  const start = async (order: Omit<EngineOrder, 'databaseUrl' | 'dataDir' | 'kind'>) => {
    const child = fork(new URL('./engine-worker.ts', import.meta.url));
    child.send({ kind, databaseUrl, dataDir, ...order } satisfies EngineOrder);
    await once(child, 'message');
    return child;
  };
  const workers: ChildProcess[] = [];
  try {
    const launcher = await start({ role: 'launch', runs: RUNS });
    for (let index = 0; index < processes; index += 1) workers.push(await start({ role: 'work', runs: 0 }));
    launcher.send('go');
    await once(launcher, 'message');
    const began = performance.now();
    for (const worker of workers) worker.send('go');
    await once(launcher, 'message');
    const seconds = (performance.now() - began) / 1_000;
    launcher.kill('SIGKILL');
    return RUNS / seconds;
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
    await made.remove();
  }
}

/** Prints what a worker holds after each 1,000 of 10,000 steps. */
async function printMemory(): Promise<void> {
  const { databaseUrl, dataDir, ...made } = await makeTestDatabase();
  if (databaseUrl === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server.');
  const child = fork(new URL('./engine-worker.ts', import.meta.url), { execArgv: ['--expose-gc'] });
  child.send({ kind: 'vidpipe', role: 'grow', runs: 0, databaseUrl, dataDir } satisfies EngineOrder);
  console.log('steps   heap MB   resident MB (one worker, garbage collected)');
  child.on('message', ({ steps = 0, heapMegabytes = 0, residentMegabytes = 0 }: EngineReport) =>
    console.log(
      `${String(steps).padStart(5)}   ${heapMegabytes.toFixed(1).padStart(7)}   ${residentMegabytes.toFixed(0)}`,
    ),
  );
  await once(child, 'disconnect');
  child.kill('SIGKILL');
  await made.remove();
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

console.log(`${RUNS} runs of 7 steps each; runs a second`);
console.log('workers   bare pg-boss   vidpipe   ratio (median of 3 rounds)');
for (const processes of [1, 2]) {
  const rounds: { bare: number; ours: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ bare: await rate('bare', processes), ours: await rate('vidpipe', processes) });
  const [bare, ours] = [median(rounds.map((r) => r.bare)), median(rounds.map((r) => r.ours))];
  const ratio = median(rounds.map((r) => r.ours / r.bare));
  console.log(
    `${processes}         ${bare.toFixed(1).padStart(12)}   ${ours.toFixed(1).padStart(7)}   ${ratio.toFixed(2)}`,
  );
}
if (process.env['MEMORY'] !== '0') await printMemory();
