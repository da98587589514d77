import { scopeOf } from '../../src/core/scopes.ts';
import { followLog } from '../../src/features/audit/live/read-log.ts';
import { isEnded } from '../../src/features/runs/run-state.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import type { Ctx } from '../../src/platform/context.ts';

/** Waits for a run's end by following the log, as a subscriber does. */
export async function runEnd(ctx: Ctx, runId: string): Promise<PipelineRun> {
  const log = await followLog(
    ctx,
    { scope: scopeOf('PipelineRun', runId), subjectTypes: ['PipelineRun'] },
    '0',
  );
  while (!(await log.next()).done) {
    const run = await ctx.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
    if (!isEnded(run.status)) continue;
    await log.return?.();
    return run;
  }
  throw new Error('The log ended before the run.');
}
