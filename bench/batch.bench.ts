/**
 * Films that are the rows of a job beside the same films launched one by one before the clock starts, with a provider
 * that answers at once, on one PostgreSQL (`TEST_DATABASE_URL`). The ratio says what it costs that a job starts its rows
 * and books what became of them. `RUNS` sets the size.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { makeTestDatabase } from '../test/support/test-database.ts';
import type { EngineOrder } from './engine-worker.ts';
import { median } from './statistics.ts';

const RUNS = Number(process.env['RUNS'] ?? 200);
const ROUNDS = 3;

/** Films a second, by so many processes that work. */
async function rate(kind: 'vidpipe' | 'batch', processes: number): Promise<number> {
  const { databaseUrl, dataDir, ...made } = await makeTestDatabase();
  if (databaseUrl === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server.');
  const children: ChildProcess[] = [];
  const start = async (role: EngineOrder['role'], runs: number) => {
    const child = fork(new URL('./engine-worker.ts', import.meta.url));
    children.push(child);
    child.send({ kind, databaseUrl, dataDir, role, runs } satisfies EngineOrder);
    await once(child, 'message');
    return child;
  };
  try {
    const launcher = await start('launch', RUNS);
    const workers = [];
    for (let index = 0; index < processes; index += 1) workers.push(await start('work', 0));
    launcher.send('go');
    // Launched, or previewed.
    await once(launcher, 'message');
    const began = performance.now();
    for (const worker of workers) worker.send('go');
    launcher.send('go');
    await once(launcher, 'message');
    return RUNS / ((performance.now() - began) / 1_000);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await made.remove();
  }
}

console.log(`${RUNS} films of 7 steps each; films a second`);
console.log(`workers   one by one   rows of a job   ratio (median of ${ROUNDS} rounds)`);
for (const processes of [1, 2]) {
  const rounds: { alone: number; rows: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ alone: await rate('vidpipe', processes), rows: await rate('batch', processes) });
  const [alone, rows] = [median(rounds.map((r) => r.alone)), median(rounds.map((r) => r.rows))];
  const ratio = median(rounds.map((r) => r.rows / r.alone));
  console.log(
    `${processes}         ${alone.toFixed(1).padStart(10)}   ${rows.toFixed(1).padStart(13)}   ${ratio.toFixed(2)}`,
  );
}
