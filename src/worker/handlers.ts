/** Every job a worker can do: queue name -> handler. */
import { flows } from '../features/pipelines/flows.ts';
import { abandonStep, type ClaimedJob, executeStep } from '../features/runs/execute.ts';
import type { Ctx } from '../platform/context.ts';
import { DEAD_LETTERS } from '../platform/queue.ts';

export type Handler = (ctx: Ctx, job: ClaimedJob, signal: AbortSignal) => Promise<void>;

export const handlers: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(
    flows.steps.map((step): [string, Handler] => [
      step.name,
      (ctx, job, signal) => executeStep(ctx, flows, step, job, signal),
    ]),
  ),
  [DEAD_LETTERS]: (ctx, job) => abandonStep(ctx, flows, job),
};

/** Queue name -> how its jobs are retried. */
export const policies = Object.fromEntries(flows.steps.map(({ name, policy }) => [name, policy]));
