import type { Ctx } from '../../../platform/context.ts';
import { holdsForAll } from '../../../providers/provider-error.ts';
import { actFor } from './act-for.ts';
import { startRun } from './advance.ts';
import type { StepData } from './job.ts';
import type { AnyStep } from './step.ts';
import { isWorking } from '../run-state.ts';
import { setAside } from './set-aside.ts';

/**
 * Marks a step begun, and sets aside what it may cost, in one transaction (`setAside`).
 *
 * @returns what the step's work needs; null if the run wants it no more.
 */
export const beginStep = (ctx: Ctx, step: AnyStep, { runId, input }: StepData): Promise<unknown> =>
  setAside(ctx, runId, async (tx, run) => {
    if (!run || !isWorking(run) || (step.buys?.ask && holdsForAll(run.errorCode))) return null;
    const own = actFor(ctx, run);
    return step.begin(tx, own, await startRun(tx, own, run), input);
  });
