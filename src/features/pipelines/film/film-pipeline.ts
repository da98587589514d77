/** The flow of a whole film, from its prompt. */
import { FILM_STAGES, type FilmStage } from '../../../core/stages/flow-stages.ts';
import { stageOf, upTo } from '../../../core/stages/stages.ts';
import type { PipelineRun, ProjectStatus } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { readOpenCalls } from '../../budget/ledger.sql.ts';
import { holdsForAll } from '../../../providers/provider-error.ts';
import { isHeld } from '../../runs/engine/hold.ts';
import type { Pipeline } from '../../runs/engine/pipeline.ts';
import { runScope } from '../../runs/run-subject.ts';
import { filmOptions } from '../../videos/film-options.ts';
import { sceneInput } from '../../projects/step-input.ts';
import { projectIdOf } from '../../projects/project-runs.ts';
import { moveProject } from '../../projects/project-state.ts';
import { gapsOf, planFilmRun } from './film-plan.ts';
import { readFilmRows } from './film-rows.sql.ts';
import { planHeldRun } from './held-plan.ts';
import { readScene } from './scene-rows.ts';
import { pickUpScene, pickUpScenes, releaseScenes } from './scenes-of-run.ts';
import { planStoppedRun } from './stopped-plan.ts';

const PROJECT_STATUS: Record<FilmStage, ProjectStatus> = {
  STORYBOARD: 'STORYBOARDING',
  KEYFRAMES: 'KEYFRAMING',
  CLIPS: 'GENERATING_VIDEO',
  STITCH: 'STITCHING',
};

/** Storyboard, keyframes in order, clips side by side, stitch. */
export const filmPipeline: Pipeline = {
  kind: 'FILM',
  stages: FILM_STAGES,
  options: filmOptions,

  async plan(tx, run) {
    const film = await readFilmRows(tx, run);
    if (isHeld(run)) return planHeldRun(film, run, await isBuying(tx, run));
    if (holdsForAll(run.errorCode)) return planStoppedRun(film, run, await isBuying(tx, run));
    return planFilmRun(film, run);
  },

  async reflect(tx, { actor }, run) {
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectIdOf(run) } });
    const status = projectStatus(run);
    const lacking = status === 'COMPLETE' ? await missing(tx, run) : null;
    const errorMessage = run.errorMessage ?? lacking;
    await moveProject(tx, actor, project, run.id, lacking === null ? status : 'PARTIAL', { errorMessage });
  },

  release: async (tx, ctx, run) => releaseScenes(tx, ctx, run, (await readFilmRows(tx, run)).scenes),
  pickUp: async (tx, ctx, run) => pickUpScenes(tx, ctx, run, (await readFilmRows(tx, run)).scenes),

  async replay(tx, ctx, run, { input }) {
    const about = sceneInput.safeParse(input);
    // What a whole project was about is asked of its rows anew.
    if (!about.success) return;
    const scene = await readScene(tx, about.data.sceneId);
    if (scene.status === 'FAILED') await pickUpScene(tx, ctx, run, scene);
  },
};

/** Whether a storyboard or a frame is being bought for the run. Clips show it in their status. */
const isBuying = async (tx: Tx, run: PipelineRun): Promise<boolean> =>
  (await readOpenCalls(tx, { scope: runScope(run.id) })).some(
    ({ call, isUnknown }) => call !== 'CLIP' && !isUnknown,
  );

/** What a film lacks although its run did all that was asked of it: stitched from the clips there are. */
async function missing(tx: Tx, run: PipelineRun): Promise<string | null> {
  const gaps = gapsOf(await readFilmRows(tx, run));
  return gaps.length === 0 ? null : `The film lacks the scenes ${gaps.join(', ')}.`;
}

function projectStatus({ status, stage, stopAfter }: PipelineRun): ProjectStatus {
  if (status === 'QUEUED' || status === 'RUNNING') {
    return PROJECT_STATUS[stageOf(FILM_STAGES, stage).name];
  }
  if (status === 'PAUSED' || status === 'PARTIAL' || status === 'FAILED' || status === 'CANCELLED')
    return status;
  // Asked to stop before the film: it can go on from there.
  return upTo(FILM_STAGES, stopAfter).length < FILM_STAGES.length ? 'PAUSED' : 'COMPLETE';
}
