/** Flows that end in a film: the whole one, and stitching alone. */
import type { PipelineRun, ProjectStatus, RunStage } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { moveClip } from '../clips/video-clip-state.ts';
import { CURRENT as CURRENT_CLIPS } from '../clips/video-clip.ts';
import { CURRENT as CURRENT_FRAMES } from '../keyframes/keyframe.ts';
import type { Pipeline } from '../runs/pipeline.ts';
import { moveProject } from '../storyboards/project-state.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { type FilmRows, planFilmRun } from './film-plan.ts';
import { planStitchRun } from './stitch-plan.ts';

const PROJECT_STATUS: Record<RunStage, ProjectStatus> = {
  STORYBOARD: 'STORYBOARDING',
  KEYFRAMES: 'KEYFRAMING',
  CLIPS: 'GENERATING_VIDEO',
  STITCH: 'STITCHING',
};

/** Storyboard, keyframes in order, clips side by side, stitch. */
export const filmPipeline: Pipeline = {
  kind: 'FILM',
  plan: async (tx, run) => planFilmRun(await readFilm(tx, run), run),

  async reflect(tx, { actor }, run) {
    const project = await tx.project.findUniqueOrThrow({ where: { id: run.projectId } });
    await moveProject(tx, actor, project, run.id, projectStatus(run), { errorMessage: run.errorMessage });
  },

  async release(tx, { actor }, run) {
    const { scenes } = await readFilm(tx, run);
    for (const scene of scenes) {
      if (scene.status === 'KEYFRAMES_GENERATING')
        await moveScene(tx, actor, run, scene, 'PENDING', 'released');
      if (scene.status !== 'VIDEO_GENERATING') continue;
      await moveScene(tx, actor, run, scene, 'KEYFRAMES_DONE', 'released');
      for (const clip of scene.clips) {
        if (clip.status === 'SUBMITTED' && clip.operationName === null) {
          await moveClip(tx, actor, run, scene, clip, 'PENDING');
        }
      }
    }
  },
};

/** Stitching alone, from the clips that exist. */
export const stitchPipeline: Pipeline = {
  ...filmPipeline,
  kind: 'STITCH',
  plan: async (tx, run) => planStitchRun(await readFilm(tx, run), run),
  release: async () => {},
};

/** One relation at a time: Prisma would send two at once down the transaction's one connection, which `pg` warns of. */
async function readFilm(tx: Tx, { id: runId, projectId }: PipelineRun): Promise<FilmRows> {
  const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
  const scenes = await tx.scene.findMany({
    where: { projectId },
    orderBy: { sceneIndex: 'asc' },
    include: { keyframes: { where: CURRENT_FRAMES } },
  });
  const clips = await tx.videoClip.findMany({ where: { scene: { projectId }, ...CURRENT_CLIPS } });
  const videos = await tx.video.findMany({ where: { runId }, select: { id: true } });
  const clipsOf = ({ id }: { id: string }) => clips.filter(({ sceneId }) => sceneId === id);
  return { ...project, videos, scenes: scenes.map((scene) => ({ ...scene, clips: clipsOf(scene) })) };
}

function projectStatus({ status, stage, stopAfter }: PipelineRun): ProjectStatus {
  if (status === 'QUEUED' || status === 'RUNNING') return PROJECT_STATUS[stage ?? 'STORYBOARD'];
  if (status === 'PAUSED' || status === 'FAILED' || status === 'CANCELLED') return status;
  // Asked to stop before the film: it can go on from there.
  return stopAfter && stopAfter !== 'STITCH' ? 'PAUSED' : 'COMPLETE';
}
