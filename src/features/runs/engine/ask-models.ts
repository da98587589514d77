/** Asking for the models of what a run is to buy, before it buys anything. */
import type { Ctx } from '../../../platform/context.ts';
import type { ModelStanding } from '../../../providers/model-standing.ts';
import { holdsForAll, ProviderError } from '../../../providers/provider-error.ts';
import { canBeAsked } from '../../../providers/registry.ts';
import type { StepData } from './job.ts';
import type { AnyStep } from './step.ts';
import { isWorking } from '../run-state.ts';

/** Lets a step that buys ask first, for a run that still buys; without a query where no provider can be asked. */
export async function askFirst(ctx: Ctx, step: AnyStep, { runId, input }: StepData): Promise<void> {
  if (!step.buys?.ask || !canBeAsked()) return;
  const run = await ctx.db.pipelineRun.findUnique({ where: { id: runId } });
  if (run && isWorking(run) && !holdsForAll(run.errorCode)) await step.buys.ask(ctx, run, input);
}

/** @throws {ProviderError} REFUSED, in the words of the first that is refused. */
export function refuseModels(standings: readonly ModelStanding[]): void {
  const refused = standings.find(({ standing }) => standing === 'REFUSED');
  if (refused) throw new ProviderError('REFUSED', refused.words, { code: refused.code });
}
