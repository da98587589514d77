import { STITCH_STAGES } from '../../../core/stages/flow-stages.ts';
import type { Pipeline } from '../../runs/engine/pipeline.ts';
import { filmPipeline } from '../film/film-pipeline.ts';
import { readFilmRows } from '../film/film-rows.sql.ts';
import { planStitchRun } from './stitch-plan.ts';

/** Stitching alone, from the clips that exist. */
export const stitchPipeline: Pipeline = {
  ...filmPipeline,
  kind: 'STITCH',
  stages: STITCH_STAGES,
  plan: async (tx, run) => planStitchRun(await readFilmRows(tx, run), run),
  release: async () => {},
  pickUp: async () => {},
};
