import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Flows } from './pipeline.ts';
import { endWaits } from './step-wait.ts';

/** Takes a stopped run's jobs off the queue and puts its rows where they can be picked up, within `tx`. */
export async function stopWork(tx: Tx, ctx: Ctx, flows: Flows, run: PipelineRun): Promise<void> {
  const names = flows.steps.map(({ name }) => name);
  await ctx.queue.cancel(tx, names, { runId: run.id });
  await endWaits(tx, run);
  const pipeline = flows.pipelines[run.kind];
  await pipeline.release(tx, ctx, run);
  await pipeline.reflect(tx, ctx, run);
}
