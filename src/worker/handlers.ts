/** Every job a worker can do: queue name -> handler. */
import { CANCEL_VIDEO_CLIP, cancelVideoClip } from '../features/video-clips/cancel-video-clip.jobs.ts';
import { flows } from '../features/pipelines/flows.ts';
import { executeStep, type StepOutcome } from '../features/runs/engine/execute.ts';
import { abandonStep } from '../features/runs/engine/instead.ts';
import type { ClaimedJob } from '../features/runs/engine/job.ts';
import type { Flows } from '../features/runs/engine/pipeline.ts';
import type { Ctx } from '../platform/context.ts';
import { DEAD_LETTERS } from '../platform/queue.ts';

export type Handler = (
  ctx: Ctx,
  job: ClaimedJob,
  signal: AbortSignal,
  onFailure?: (error: unknown) => void,
) => Promise<StepOutcome>;

/** Queue name -> what a worker does with its jobs; each completes its job. */
export type Handlers = Readonly<Record<string, Handler>>;

/** The handlers of these flows' steps, and of what belongs to no step. */
export const handlersOf = (of: Flows): Handlers => ({
  ...Object.fromEntries(
    of.steps.map((step): [string, Handler] => [
      step.name,
      (ctx, job, signal, onFailure) => executeStep(ctx, of, step, job, signal, onFailure),
    ]),
  ),
  [CANCEL_VIDEO_CLIP]: async (ctx, job) => {
    await cancelVideoClip(ctx, job);
    await ctx.queue.boss.complete(job.name, job);
    return 'DONE';
  },
  [DEAD_LETTERS]: async (ctx, job) => {
    await abandonStep(ctx, of, job);
    await ctx.queue.boss.complete(DEAD_LETTERS, job);
    return 'DONE';
  },
});

/**
 * Times a job is handed out again after its process died; what keeps killing its worker is given up then.
 * Failures that a step reports are counted elsewhere (`Step.tries`).
 */
const CRASHES = 10;
/** A provider that cannot be reached is asked to stop an operation so many times more. */
const CANCEL_TRIES = 5;

/** Queue name -> how its jobs are handed out again. */
export const policies = {
  ...Object.fromEntries(flows.steps.map(({ name }) => [name, { retryLimit: CRASHES, retryDelaySeconds: 0 }])),
  [CANCEL_VIDEO_CLIP]: { retryLimit: CANCEL_TRIES, retryDelaySeconds: 2 },
};
