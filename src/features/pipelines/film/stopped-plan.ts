/** What a run still does whose purchases are all refused: a key, a model or an interface is no more. Pure. */
import { FILM_STAGES } from '../../../core/stages/flow-stages.ts';
import type { NextSteps } from '../../runs/engine/pipeline.ts';
import { NO_ERROR } from '../../runs/run-state.ts';
import { stitchStep } from '../../videos/film.jobs.ts';
import { gapsOf, isFilmed, planFilmRun, type RunView } from './film-plan.ts';
import type { FilmRows } from './film-rows.sql.ts';
import { FREE_STEPS, isOnItsWay } from './held-plan.ts';

/**
 * Fetches what is bought and buys nothing more; then stitches what there is, if every scene had its frames, and ends.
 *
 * @param isCallOpen whether a storyboard or a frame is being bought at this moment.
 */
export function planStoppedRun(project: FilmRows, run: RunView, isCallOpen: boolean): NextSteps {
  const plan = planFilmRun(project, { ...run, ...NO_ERROR });
  if (plan.kind === 'GO') {
    const steps = plan.steps.filter(({ step }) => FREE_STEPS.includes(step));
    if (steps.length > 0 || isCallOpen || isOnItsWay(project)) return { ...plan, steps };
  }
  if (canBeStitched(project, run)) {
    const steps = [stitchStep.call({ projectId: project.id })];
    return {
      kind: 'GO',
      stage: 'STITCH',
      done: {},
      message: 'Stitching what there is of the film.',
      steps,
    };
  }
  const usual = planFilmRun(project, run);
  return usual.kind === 'END' && usual.status !== 'PARTIAL' ? usual : end(project, run);
}

const canBeStitched = ({ scenes, videos, clipsFrom }: FilmRows, run: RunView): boolean =>
  (run.stopAfter ?? 'STITCH') === 'STITCH' &&
  run.errorStage !== 'STITCH' &&
  videos.length === 0 &&
  scenes.some(isFilmed) &&
  (clipsFrom === 'REFERENCE_IMAGES' || scenes.every(({ keyframes }) => keyframes.length === 2));

function end(project: FilmRows, { stopAfter, errorStage, errorCode, errorMessage }: RunView): NextSteps {
  const gaps = gapsOf(project);
  const what =
    project.scenes.length === 0
      ? 'The storyboard could not be written.'
      : `Nothing more was bought; without scene${gaps.length > 1 ? 's' : ''} ${gaps.join(', ')}.`;
  const message = `${what} ${errorMessage ?? ''}`.trim();
  const error = { stage: errorStage ?? FILM_STAGES[0].name, code: errorCode ?? 'PROVIDER_FAILED', message };
  const hasAsked = project.videos.length > 0 || (stopAfter === 'CLIPS' && project.scenes.some(isFilmed));
  return { kind: 'END', status: hasAsked ? 'PARTIAL' : 'FAILED', message, error };
}
