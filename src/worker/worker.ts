import { setTimeout as delay } from 'node:timers/promises';
import { flows } from '../features/pipelines/flows.ts';
import type { Registry } from 'prom-client';
import type { StepOutcome } from '../features/runs/engine/execute.ts';
import { type ClaimedJob, readStepData } from '../features/runs/engine/job.ts';
import type { Flows } from '../features/runs/engine/pipeline.ts';
import type { Ctx } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';
import { type Handler, handlersOf } from './handlers.ts';
import { type Job, Lanes } from './lanes.ts';
import { polls } from './polls.ts';
import { Running } from './running.ts';
import { StepMetrics } from './step-metrics.ts';
import type { Task } from './task.ts';

/** Longest that steps in progress may go on once the worker stops: most end within it. */
const GRACE_MS = 4_000;
/** Longest that a step may take to stop once it is told. */
const STOPPING_MS = 2_000;

export type Worker = {
  /** Stops taking work at once, lets steps in progress end for a few seconds and hands the others back to the queue. */
  close(): Promise<void>;
  /** The steps that it does. */
  metrics: Registry;
};

export type WorkerOptions = {
  /** Jobs of one kind at a time. */
  concurrency: number;
  log: Log;
  /** What the jobs are; the product's own unless given. */
  flows?: Flows;
  /** What it does by itself besides; only the polls of clips unless given. */
  tasks?: readonly Task[];
};

/** Starts to work on every queue, and on what is done in the background. */
export async function startWorker(
  ctx: Ctx,
  { concurrency, log, flows: worked = flows, tasks = [polls] }: WorkerOptions,
): Promise<Worker> {
  const background = tasks.map((start) => start(ctx, { flows: worked, log }));
  const running = new Running(ctx);
  const handlers = handlersOf(worked);
  const metrics = new StepMetrics(Object.keys(handlers));
  let isClosing = false;

  const attend = async (handler: Handler, job: Job, claim: AbortSignal) => {
    // Claimed just as the worker was told to stop.
    if (isClosing) return ctx.queue.release(job);
    const data = readStepData(job.data);
    if (!data) return dropUnreadable(ctx, job, log);
    const claimed = { ...job, name: job.sourceName ?? job.name, data };
    try {
      await running.track(data.runId, claim, async (signal) => {
        await metrics.measure(job.name, () => handle(ctx, handler, claimed, signal, log));
      });
    } catch (error) {
      if (!running.isStopped) throw error;
      await ctx.queue.release(job);
    }
  };
  const onError = (error: unknown) => log.warn({ err: error }, 'the queue could not be reached');
  const lanes = Object.entries(handlers).map(
    ([name, handler]) =>
      new Lanes(ctx.queue, name, {
        count: concurrency,
        work: (job, claim) => attend(handler, job, claim),
        onError,
        beat: ctx.pulse.begin('claims'),
      }),
  );

  return {
    metrics: metrics.registry,
    async close() {
      isClosing = true;
      const tasksEnded = Promise.all(background.map((task) => task.close()));
      const ended = Promise.all(lanes.map((lane) => lane.close()));
      if (running.size > 0)
        log.info({ steps: running.size }, 'no new work is taken; steps in progress may end');
      await within(GRACE_MS, ended);
      if (running.size > 0) log.info({ steps: running.size }, 'steps are stopped and handed back');
      running.stop();
      if (!(await within(STOPPING_MS, ended)))
        log.warn(
          { steps: running.size },
          'steps that did not stop are handed out again when their claims lapse',
        );
      await tasksEnded;
    },
  };
}

/** Nobody can tell whose it was: its run is found to have no job, and goes on (`strandedMoved`). */
async function dropUnreadable({ queue }: Ctx, job: Job, log: Log): Promise<void> {
  log.warn({ step: job.name, jobId: job.id }, 'a job that names no run is thrown away');
  await queue.boss.complete(job.name, job);
}

/** Waits for `end`, but no longer than `milliseconds`; tells whether it came. */
const within = (milliseconds: number, end: Promise<unknown>): Promise<boolean> =>
  Promise.race([end.then(() => true), delay(milliseconds, false, { ref: false })]);

async function handle(
  ctx: Ctx,
  handler: Handler,
  job: ClaimedJob,
  signal: AbortSignal,
  log: Log,
): Promise<StepOutcome> {
  const started = performance.now();
  const facts = { step: job.name, runId: job.data.runId, attempt: job.retryCount + 1 };
  try {
    const onFailure = (error: unknown) => log.warn({ ...facts, err: error }, 'step failed');
    const outcome = await handler(ctx, job, signal, onFailure);
    log.debug({ ...facts, outcome, seconds: (performance.now() - started) / 1_000 }, 'step worked on');
    return outcome;
  } catch (error) {
    if (signal.aborted) log.debug({ ...facts, reason: String(signal.reason) }, 'step stopped');
    else log.warn({ ...facts, err: error }, 'step failed and will be tried again');
    throw error;
  }
}
