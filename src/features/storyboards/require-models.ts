/** Asking for the models that a film still needs. */
import { FILM_STAGES } from '../../core/stages/flow-stages.ts';
import { buys, upTo } from '../../core/stages/stages.ts';
import type { VideoClipSource, PipelineRun, RunStage } from '../../generated/prisma/client.ts';
import { providers } from '../../providers/registry.ts';
import { refuseModels } from '../runs/engine/ask-models.ts';
import type { WorkCtx } from '../runs/engine/step.ts';
import type { FilmCall } from '../projects/film-provider.ts';
import { projectIdOf } from '../projects/project-runs.ts';

/**
 * Asks for the models of these calls, as far as the run makes them. What no answer tells does not stop it.
 *
 * @throws {ProviderError} REFUSED: one is surely not to be had.
 */
export async function requireModels(
  { db }: Pick<WorkCtx, 'db'>,
  run: PipelineRun,
  calls: readonly FilmCall[],
): Promise<void> {
  const project = await db.project.findUnique({
    where: { id: projectIdOf(run) },
    select: { provider: true, clipsFrom: true },
  });
  if (!project) return;
  const capabilities = providers[project.provider]?.capabilities;
  const made = calls.filter((call) => isMade(call, run.stopAfter, project.clipsFrom));
  refuseModels(await Promise.all(made.flatMap((call) => capabilities?.[call]?.askForModel?.() ?? [])));
}

/** Whether a film run that ends with `stopAfter` makes calls of a kind. */
export const isMade = (call: FilmCall, stopAfter: RunStage | null, clipsFrom: VideoClipSource): boolean =>
  buys(upTo(FILM_STAGES, stopAfter), call) && (call !== 'KEYFRAME' || clipsFrom === 'KEYFRAMES');
