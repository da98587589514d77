import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';

/** The engine's context for a run: it acts in the run's workspace, whichever that is. */
export const actFor = (ctx: Ctx, { workspaceId }: Pick<PipelineRun, 'workspaceId'>): Ctx => ({
  ...ctx,
  actor: { ...ctx.actor, workspaceId },
});
