/** What stitching alone needs next. Pure: the same rows give the same plan. */
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import type { NextSteps } from '../../runs/engine/pipeline.ts';
import { stitchStep } from '../../videos/film.jobs.ts';
import { gapsOf } from '../film/film-plan.ts';
import type { FilmRows } from '../film/film-rows.sql.ts';

/** One step; gaps in the film are named but do not make the run partial, for nothing more was asked. */
export function planStitchRun(
  project: FilmRows,
  run: Pick<PipelineRun, 'errorCode' | 'errorMessage'>,
): NextSteps {
  if (project.videos.length > 0) {
    const gaps = gapsOf(project);
    const missing = gaps.length > 0 ? ` It lacks the scenes ${gaps.join(', ')}.` : '';
    return { kind: 'END', status: 'COMPLETED', message: `The film is stitched.${missing}` };
  }
  if (run.errorCode) {
    const message = run.errorMessage ?? 'The film could not be stitched.';
    return {
      kind: 'END',
      status: 'FAILED',
      message,
      error: { stage: 'STITCH', code: run.errorCode, message },
    };
  }
  const steps = [stitchStep.call({ projectId: project.id })];
  return { kind: 'GO', stage: 'STITCH', done: {}, message: 'Stitching the film.', steps };
}
