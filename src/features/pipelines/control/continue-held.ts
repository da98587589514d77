/** Runs that a cap holds, and how they go on. */
import { DomainError } from '../../../core/errors.ts';
import type { PipelineRun, Prisma } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { LIVE_STATUSES } from '../../runs/run-state.ts';
import { resumeRun } from './control.ts';

/** The held runs, of every workspace. */
export const HELD = {
  errorCode: 'BUDGET_EXCEEDED',
  status: { in: [...LIVE_STATUSES] },
} satisfies Prisma.PipelineRunWhereInput;

/**
 * Lets runs of the actor's try again that a cap holds, each in a transaction of its own: the cap is committed by then,
 * so that a run which is held at this moment sees it. A run for which it is still too low is held again.
 */
export async function continueHeld(ctx: Ctx, which: Prisma.PipelineRunWhereInput): Promise<void> {
  const { workspaceId } = ctx.actor;
  const held = await ctx.db.pipelineRun.findMany({ where: { ...HELD, ...which, workspaceId } });
  for (const run of held) await tryAgain(ctx, run);
}

/** Resumes a run in its own workspace; one that has ended meanwhile is left as it is. */
export async function tryAgain(
  ctx: Ctx,
  { id: runId, workspaceId }: Pick<PipelineRun, 'id' | 'workspaceId'>,
  why?: string,
): Promise<void> {
  const actor = { ...ctx.actor, workspaceId };
  try {
    await resumeRun({ ...ctx, actor }, { runId, ...(why !== undefined && { why }) });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'RUN_ENDED') throw error;
  }
}
