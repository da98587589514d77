/** The step before and after a model is asked which parts of a talk are worth posting. */
import { defineStep } from '../../runs/engine/step.ts';
import { warn } from '../../runs/run.ts';
import { videoInput, type VideoInput } from '../../videos/survey/survey-video.jobs.ts';
import { configOf, keepFound, takeFound } from '../keep-found.ts';
import { foundByModel } from './found-by-model.ts';
import { askingOf, CHOOSER, layOutSearch } from './question-rows.ts';

/**
 * Lays out what a run is to ask of a transcript; once all is answered, stores what was chosen. What was found with the same
 * configuration before counts, and nobody is asked.
 */
export const searchByModelStep = defineStep<VideoInput, null, null>({
  name: 'search-by-model',
  input: videoInput,
  key: () => 'search',
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, ctx, run, { videoId }) {
    if (run.totalMoments !== null) return null;
    const config = await configOf(tx, run);
    const search = { runId: run.id, videoId, configId: config.id };
    const { state } = await askingOf(tx, search);
    // It was laid out, and the process died before it could say so.
    if (state === 'OPEN' || state === 'FAILED') return null;
    if (state === 'NOT_LAID_OUT') {
      const { createdAt } = await tx.transcript.findUniqueOrThrow({ where: { videoId } });
      if (await takeFound(tx, run, { videoId, since: createdAt })) return null;
      if ((await layOutSearch(tx, search)) > 0) return null;
    }
    const { moments, shortfall, foundBy, changes } = await foundByModel(tx, search);
    for (const change of changes) await warn(tx, ctx.actor, run, change);
    await keepFound(tx, ctx.actor, { run, videoId }, { model: foundBy ?? CHOOSER, moments, shortfall });
    return null;
  },

  work: async () => null,
  async finish() {},
  // The plan sees the failure on the run: there is no row of its own to mark.
  async fail() {},
});
