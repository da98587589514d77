/** What the database says of the whole installation, the same in every process: take the maximum of them, not the sum. */
import type { Registry } from 'prom-client';
import { readSpentInAll } from './features/budget/spent-in-all.sql.ts';
import { countLiveRuns } from './features/runs/run-counts.sql.ts';
import { LIVE_STATUSES } from './features/runs/run-state.ts';
import { RunKind } from './generated/prisma/enums.ts';
import { counterOf, gaugeOf, registryOf, set } from './platform/metric-kinds.ts';
import type { Platform } from './platform/platform.ts';
import { DEAD_LETTERS } from './platform/queue.ts';
import { JOB_STATES, readQueueLengths } from './platform/queue-lengths.ts';
import { policies } from './worker/handlers.ts';

/** Longest that the database may take, in milliseconds: whoever asks for metrics gives up soon after. */
const PATIENCE_MS = 4_000;
/** What was read serves whoever asks again within it: asking costs the database no more than one reader does. */
const FRESH_MS = 1_000;
const MICRO = 1e6;
const QUEUES = [...Object.keys(policies), DEAD_LETTERS];

const read = async ({ db, database }: Pick<Platform, 'db' | 'database'>) => {
  const [queues, runs, spent] = await Promise.all([
    readQueueLengths(database),
    countLiveRuns(db),
    readSpentInAll(db),
  ]);
  return { queues, runs, spent };
};
type Facts = Awaited<ReturnType<typeof read>>;

/** A database that does not answer is told as such; what it would have said is left out then. */
export function installationMetrics(platform: Pick<Platform, 'db' | 'database'>): Registry {
  let asked: { at: number; facts: Promise<Facts | null> } | undefined;
  const facts = (): Promise<Facts | null> => {
    if (!asked || performance.now() - asked.at > FRESH_MS)
      asked = { at: performance.now(), facts: within(PATIENCE_MS, read(platform)) };
    return asked.facts;
  };

  return registryOf(
    gaugeOf(
      { name: 'vidpipe_database_up', help: 'Whether the database answered this process (1) or not (0).' },
      async () => ((await facts()) === null ? 0 : 1),
      set,
    ),
    gaugeOf(
      { name: 'vidpipe_runs', help: 'Runs that have not ended, by status.', labelNames: ['kind', 'status'] },
      facts,
      (metric, found) => {
        for (const kind of Object.values(RunKind))
          for (const status of LIVE_STATUSES) metric.set({ kind, status }, 0);
        for (const { kind, status, runs } of found.runs) metric.set({ kind, status }, runs);
      },
    ),
    gaugeOf(
      { name: 'vidpipe_queue_jobs', help: 'Jobs in the queues, by state.', labelNames: ['queue', 'state'] },
      facts,
      (metric, found) => {
        for (const queue of QUEUES) for (const state of JOB_STATES) metric.set({ queue, state }, 0);
        for (const { queue, state, jobs } of found.queues) metric.set({ queue, state }, jobs);
      },
    ),
    gaugeOf(
      {
        name: 'vidpipe_queue_oldest_ready_seconds',
        help: 'Time that the oldest job waits that could be taken; 0 where none waits.',
        labelNames: ['queue'],
      },
      facts,
      (metric, found) => {
        for (const queue of QUEUES) metric.set({ queue }, 0);
        for (const { queue, state, oldestSeconds } of found.queues)
          if (state === 'ready') metric.set({ queue }, Math.max(0, oldestSeconds));
      },
    ),
    counterOf(
      { name: 'vidpipe_cost_usd_total', help: 'Charged by providers, as the ledger has it.' },
      facts,
      (metric, { spent }) => metric.inc(spent.settled / MICRO),
    ),
    gaugeOf(
      { name: 'vidpipe_cost_reserved_usd', help: 'Set aside for calls on their way.' },
      facts,
      (metric, { spent }) => metric.set(spent.reserved / MICRO),
    ),
    gaugeOf(
      {
        name: 'vidpipe_cost_unknown_usd',
        help: 'Set aside for calls of which nobody knows whether they were charged.',
      },
      facts,
      (metric, { spent }) => metric.set(spent.unknown / MICRO),
    ),
  );
}

/** What `work` gives; null if it fails, or takes too long. */
function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result | null> {
  const late = new Promise<null>((resolve) => void setTimeout(resolve, milliseconds, null).unref());
  return Promise.race([work.catch(() => null), late]);
}
