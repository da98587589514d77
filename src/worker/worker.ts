import type { WorkOptions } from 'pg-boss';
import type { Log } from '../platform/log.ts';
import type { ClaimedJob } from '../features/runs/execute.ts';
import type { Ctx } from '../platform/context.ts';
import { type Handler, handlers } from './handlers.ts';
import { Running } from './running.ts';

/** Safety net only: NOTIFY wakes a worker within milliseconds. */
const POLLING_SECONDS = 2;
/** Seconds between signs of life of a claimed job; five times shorter than what makes it change hands. */
const HEARTBEAT_REFRESH_SECONDS = 2;

export type Worker = {
  /** Stops taking work and hands back what is going on. */
  close(): Promise<void>;
};

/**
 * Starts to work on every queue.
 *
 * @param concurrency jobs of one kind at a time.
 */
export async function startWorker(
  ctx: Ctx,
  { concurrency, log }: { concurrency: number; log: Log },
): Promise<Worker> {
  const { boss } = ctx.queue;
  const running = new Running(ctx);
  for (const [name, handler] of Object.entries(handlers)) {
    await boss.work<ClaimedJob['data'], void, WorkOptions & { includeMetadata: true }>(
      name,
      {
        localConcurrency: concurrency,
        pollingIntervalSeconds: POLLING_SECONDS,
        notifyPollingIntervalSeconds: POLLING_SECONDS,
        heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
        includeMetadata: true,
      },
      async (jobs) => {
        for (const job of jobs) {
          const claimed = { ...job, name: job.sourceName ?? job.name };
          await running.track(job.data.runId, job.signal, (signal) =>
            handle(ctx, handler, claimed, signal, log),
          );
        }
      },
    );
  }
  return {
    async close() {
      running.stop();
      const names = Object.keys(handlers);
      await Promise.all(names.map((name) => boss.offWork(name, { wait: true })));
    },
  };
}

async function handle(
  ctx: Ctx,
  handler: Handler,
  job: ClaimedJob,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const started = performance.now();
  const facts = { step: job.name, runId: job.data.runId, attempt: job.retryCount + 1 };
  try {
    await handler(ctx, job, signal);
    log.debug({ ...facts, seconds: (performance.now() - started) / 1_000 }, 'step done');
  } catch (error) {
    if (signal.aborted) log.debug({ ...facts, reason: String(signal.reason) }, 'step stopped');
    else log.warn({ ...facts, err: error }, 'step failed and will be tried again');
    throw error;
  }
}
