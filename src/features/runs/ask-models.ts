/** Asking for the models of what a run is to buy, before it buys anything. */
import type { VideoClipSource, PipelineRun, RunStage } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { ModelStanding } from '../../providers/model-standing.ts';
import type { PaidCall } from '../../providers/provider.ts';
import { holdsForAll, ProviderError } from '../../providers/provider-error.ts';
import { canBeAsked, providers } from '../../providers/registry.ts';
import type { StepData } from './fail-step.ts';
import type { AnyStep, WorkCtx } from './pipeline.ts';
import { isWorking } from './run-state.ts';

/** Lets a step that buys ask first, for a run that still buys; without a query where no provider can be asked. */
export async function askFirst(ctx: Ctx, step: AnyStep, { runId, input }: StepData): Promise<void> {
  if (!step.ask || !canBeAsked()) return;
  const run = await ctx.db.pipelineRun.findUnique({ where: { id: runId } });
  if (run && isWorking(run) && !holdsForAll(run.errorCode)) await step.ask(ctx, run, input);
}

/**
 * Asks for the models of these calls, as far as the run makes them. What no answer tells does not stop it.
 *
 * @throws {ProviderError} REFUSED: one is surely not to be had.
 */
export async function requireModels(
  { db }: Pick<WorkCtx, 'db'>,
  { projectId, stopAfter }: PipelineRun,
  calls: readonly PaidCall[],
): Promise<void> {
  const project = await db.project.findUnique({
    where: { id: projectId },
    select: { provider: true, clipsFrom: true },
  });
  if (!project) return;
  const { provider, clipsFrom } = project;
  const adapter = providers[provider];
  if (!adapter?.askForModels) return;
  const made = calls.filter((call) => isMade(call, stopAfter, clipsFrom));
  refuseModels(await adapter.askForModels(made));
}

/** @throws {ProviderError} REFUSED, in the words of the first that is refused. */
export function refuseModels(standings: readonly ModelStanding[]): void {
  const refused = standings.find(({ standing }) => standing === 'REFUSED');
  if (refused) throw new ProviderError('REFUSED', refused.words, { code: refused.code });
}

/** Stages in which no call of a kind is made any more. */
const BEFORE: Readonly<Record<PaidCall, readonly RunStage[]>> = {
  STORYBOARD: [],
  KEYFRAME: ['STORYBOARD'],
  CLIP: ['STORYBOARD', 'KEYFRAMES'],
};

/** Whether a run that ends with `stopAfter` makes calls of a kind. */
export const isMade = (call: PaidCall, stopAfter: RunStage | null, clipsFrom: VideoClipSource): boolean =>
  !(stopAfter && BEFORE[call].includes(stopAfter)) && (call !== 'KEYFRAME' || clipsFrom === 'KEYFRAMES');
