import { Histogram, type Registry } from 'prom-client';
import type { Log } from '../../platform/log.ts';
import { registryOf } from '../../platform/metric-kinds.ts';
import { EVERYBODY } from '../audit/log/log-filter.ts';
import type { LogTailCtx } from '../audit/live/log-tail.ts';
import type { NumberedEntry } from '../audit/log/numbered-entry.ts';
import { followLog } from '../audit/live/read-log.ts';
import type { RunDetails } from './run-states.ts';
import { isEnded } from './run-state.ts';

/** Seconds: from a stitched film to a long one that waits for a provider. */
const BUCKETS = [5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400];

export type RunMetrics = { registry: Registry; close(): Promise<void> };

/**
 * Counts the runs that end, once that is committed, and how long they took.
 *
 * @param isOurs whether an actor's changes are this process's to count: with many processes, each counts its own.
 */
export async function openRunMetrics(
  ctx: LogTailCtx,
  log: Log,
  isOurs: (actor: string) => boolean,
): Promise<RunMetrics> {
  const duration = new Histogram({
    name: 'vidpipe_run_duration_seconds',
    help: 'Runs that ended, from their first step on.',
    labelNames: ['kind', 'status'],
    buckets: BUCKETS,
    registers: [],
  });
  const entries = await followLog({ ...ctx, actor: EVERYBODY }, {}, null);
  const counted = (async () => {
    for await (const entry of entries) {
      if (!isOurs(entry.actor) || !hasEnded(entry)) continue;
      const run = await ctx.db.pipelineRun.findUnique({ where: { id: entry.subjectId } });
      if (run) duration.observe({ kind: run.kind, status: run.status }, run.totalDurationSeconds ?? 0);
    }
  })().catch((error: unknown) => log.error({ err: error }, 'Runs are no longer counted.'));
  return {
    registry: registryOf(duration),
    async close() {
      await entries.return?.();
      await counted;
    },
  };
}

/** Whether an entry tells that a run ended; an ended one may have other entries. */
function hasEnded({ subjectType, details }: NumberedEntry): boolean {
  if (subjectType !== 'PipelineRun') return false;
  const { from, to } = details as Partial<RunDetails>;
  return to !== undefined && isEnded(to) && from !== null && from !== undefined && !isEnded(from);
}
