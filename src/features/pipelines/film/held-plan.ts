/** What a run that a cap holds still does. Pure: the same rows give the same plan. */
import type { NextSteps } from '../../runs/engine/pipeline.ts';
import { downloadVideoClipStep } from '../../video-clips/download-video-clip.jobs.ts';
import { NO_ERROR } from '../../runs/run-state.ts';
import { isAtProvider, type RunView, planFilmRun } from './film-plan.ts';
import type { FilmRows } from './film-rows.sql.ts';

/** Steps that finish what was bought, and buy nothing. */
export const FREE_STEPS = [downloadVideoClipStep.name];

/** Whether a clip is being bought, or is bought and not finished. */
export const isOnItsWay = ({ scenes }: FilmRows): boolean =>
  scenes.some((scene) => scene.clips[0]?.status === 'SUBMITTING' || isAtProvider(scene));

/**
 * Finishes what is on its way, and buys nothing more; then the run is paused.
 *
 * @param isCallOpen whether a storyboard or a frame is being bought at this moment.
 */
export function planHeldRun(project: FilmRows, run: RunView, isCallOpen: boolean): NextSteps {
  const plan = planFilmRun(project, { ...run, ...NO_ERROR });
  if (plan.kind !== 'GO') return plan;
  const steps = plan.steps.filter(({ step }) => FREE_STEPS.includes(step));
  const isBusy = steps.length > 0 || isCallOpen || isOnItsWay(project);
  return isBusy ? { ...plan, steps } : { kind: 'PAUSE' };
}
