/** What a run that a cap holds still does. Pure: the same rows give the same plan. */
import type { Plan } from '../runs/pipeline.ts';
import { NO_ERROR } from '../runs/run-state.ts';
import { isAtProvider, type RunOrder, planFilmRun } from './film-plan.ts';
import type { FilmRows } from './film-rows.sql.ts';

/** Steps that finish what was bought, and buy nothing. */
const FREE_STEPS = ['download-clip'];

/**
 * Finishes what is on its way, and buys nothing more; then the run is paused.
 *
 * @param isCallOpen whether a storyboard or a frame is being bought at this moment.
 */
export function planHeldRun(project: FilmRows, run: RunOrder, isCallOpen: boolean): Plan {
  const plan = planFilmRun(project, { ...run, ...NO_ERROR });
  if (plan.kind !== 'GO') return plan;
  const steps = plan.steps.filter(({ step }) => FREE_STEPS.includes(step));
  const isSubmitting = project.scenes.some(({ clips: [clip] }) => clip?.status === 'SUBMITTING');
  const isBusy = steps.length > 0 || isCallOpen || isSubmitting || project.scenes.some(isAtProvider);
  return isBusy ? { ...plan, steps } : { kind: 'PAUSE' };
}
