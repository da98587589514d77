/** What a film needs next, seen from its rows alone. Pure: the same rows give the same plan. */
import { ERROR_CODES, type ErrorCode } from '../../../core/errors.ts';
import { FILM_STAGES, type FilmStage } from '../../../core/stages/flow-stages.ts';
import { upTo } from '../../../core/stages/stages.ts';
import type { PipelineRun, RunStage } from '../../../generated/prisma/client.ts';
import type { ClipCapability } from '../../../providers/capabilities/clip.ts';
import { requireCapability } from '../../../providers/registry.ts';
import { stitchStep } from '../../videos/film.jobs.ts';
import { keyframeStep } from '../../keyframes/keyframe.jobs.ts';
import { frameAt } from '../../keyframes/keyframe.ts';
import type { NextSteps } from '../../runs/engine/pipeline.ts';
import type { StepCall } from '../../runs/engine/step.ts';
import { storyboardStep } from '../../storyboards/storyboard.jobs.ts';
import { downloadVideoClipStep } from '../../video-clips/download-video-clip.jobs.ts';
import { renderVideoClipStep } from '../../video-clips/render-video-clip.jobs.ts';
import { isDoneAtProvider } from '../../video-clips/result-uri.ts';
import { submitVideoClipStep } from '../../video-clips/submit-video-clip.jobs.ts';
import type { FilmRows } from './film-rows.sql.ts';

/** How a stage of the film looks, from its rows. */
type StageView = {
  /** 0 to 1. */
  done: number;
  message: string;
  steps: StepCall[];
  /** Something is on its way that no step of ours can hasten. */
  waits?: boolean;
  /** Nothing more can be done in this stage, and it did not give what the next one needs. */
  failed?: string;
};

/** What a plan looks at of its run. */
export type RunView = Pick<PipelineRun, 'stopAfter' | 'stage' | 'errorStage' | 'errorCode' | 'errorMessage'>;

/**
 * The next steps of a film run, or how it ends. A clip starts as soon as its scene has both frames, while later
 * frames are still being drawn, and at once where it needs none; what was started is waited for before a run fails.
 */
export function planFilmRun(project: FilmRows, run: RunView): NextSteps {
  const asked = upTo(FILM_STAGES, run.stopAfter);
  const stages = asked.map(({ name }) => ({ name, ...STAGE_VIEW[name](project, run) }));
  const open = reachable(stages);
  const [current] = open.filter(isOpen);
  if (current) {
    const steps = open.flatMap((stage) => stage.steps);
    const done = Object.fromEntries(stages.map((stage) => [stage.name, stage.done]));
    return { kind: 'GO', stage: current.name, done, message: current.message, steps };
  }
  const failed = open.find((stage) => stage.failed !== undefined);
  return failed ? fail(failed, project, run) : end(project, run.stopAfter ?? 'STITCH');
}

type NamedStageView = StageView & { name: FilmStage };

/** The stages that may work now: up to the first unfinished one, and clips beside keyframes. */
function reachable(stages: NamedStageView[]): NamedStageView[] {
  const unfinished = stages.findIndex((stage) => isOpen(stage) || stage.failed !== undefined);
  if (unfinished < 0) return [];
  const beside = stages[unfinished]?.name === 'KEYFRAMES' ? 1 : 0;
  return stages.slice(0, unfinished + 1 + beside);
}

const isOpen = ({ steps, waits }: StageView) => steps.length > 0 || waits === true;

const STAGE_VIEW: Record<FilmStage, (project: FilmRows, run: RunView) => StageView> = {
  STORYBOARD: storyboard,
  KEYFRAMES: keyframes,
  CLIPS: clips,
  STITCH: stitch,
};

function storyboard(project: FilmRows, run: RunView): StageView {
  const message = 'Writing the storyboard.';
  if (project.scenes.length > 0) return { done: 1, message, steps: [] };
  if (run.errorCode) return { done: 0, message, steps: [], failed: 'The storyboard could not be written.' };
  return {
    done: 0,
    message,
    steps: [storyboardStep.call({ projectId: project.id })],
  };
}

/** In order, for every scene starts where the one before it ends; none where clips are filmed from reference images. */
function keyframes({ scenes, clipsFrom }: FilmRows): StageView {
  if (clipsFrom === 'REFERENCE_IMAGES') return { done: 1, message: 'No keyframes are needed.', steps: [] };
  const drawn = scenes.filter(({ keyframes: frames }) => frameAt(frames, 'END')).length;
  const message = `Drawing keyframes (${drawn} of ${scenes.length} scenes done).`;
  const next = scenes.find((scene) => scene.keyframes.length < 2 && !isRefused(scene));
  if (!next) return { done: scenes.length > 0 ? 1 : 0, message, steps: [] };
  if (next.status === 'FAILED') {
    return { done: 0, message, steps: [], failed: `Scene ${next.sceneIndex + 1} has no keyframes.` };
  }
  const position = frameAt(next.keyframes, 'START') ? 'END' : 'START';
  const call = keyframeStep.call({ sceneId: next.id, position });
  return { done: drawn / scenes.length, message, steps: [call] };
}

/** Its clip was refused, and no new last frame could be drawn for another: a gap, for the next scene kept its first frame. */
const isRefused = ({ status, clips: [clip] }: FilmRows['scenes'][number]) =>
  status === 'FAILED' && clip?.status === 'RAI_FILTERED';

/** Side by side: a scene that fails leaves a gap, and the others go on. */
function clips({ scenes, provider, clipsFrom }: FilmRows): StageView {
  const complete = scenes.filter(isFilmed).length;
  const open = scenes.filter((scene) => !isFilmed(scene) && scene.status !== 'FAILED');
  const ready = open.filter(
    ({ keyframes: frames }) => clipsFrom === 'REFERENCE_IMAGES' || frames.length === 2,
  );
  const nothing = open.length === 0 && complete === 0;
  return {
    done: scenes.length > 0 ? 1 - open.length / scenes.length : 0,
    message: `Making clips (${complete} of ${scenes.length} done).`,
    steps: ready.flatMap((scene) => clipStep(scene, requireCapability(provider, 'CLIP'))),
    waits: ready.some(isAtProvider),
    ...(nothing && { failed: 'Not one clip could be made.' }),
  };
}

/** What brings a scene's clip on; nothing while its provider is at it. */
function clipStep(scene: FilmRows['scenes'][number], { kind }: ClipCapability): StepCall[] {
  const input = { sceneId: scene.id };
  if (kind === 'LOCAL') return [renderVideoClipStep.call(input)];
  if (isAtProvider(scene)) return [];
  return [(boughtClip(scene) ? downloadVideoClipStep : submitVideoClipStep).call(input)];
}

function boughtClip({ clips: [clip] }: FilmRows['scenes'][number]) {
  const isOut = clip?.status === 'SUBMITTED' || clip?.status === 'POLLING';
  return isOut && clip.operationName !== null ? clip : null;
}

/** Its clip is bought and not finished: somebody else works on it. */
export function isAtProvider(scene: FilmRows['scenes'][number]): boolean {
  const clip = boughtClip(scene);
  return clip !== null && !isDoneAtProvider(clip);
}

function stitch(project: FilmRows, run: RunView): StageView {
  const message = 'Stitching the film.';
  if (project.videos.length > 0) return { done: 1, message, steps: [] };
  if (run.errorStage === 'STITCH')
    return { done: 0, message, steps: [], failed: 'The film could not be stitched.' };
  return { done: 0, message, steps: [stitchStep.call({ projectId: project.id })] };
}

export const isFilmed = ({ clips: [clip] }: FilmRows['scenes'][number]) => clip?.status === 'COMPLETE';

/** Scenes without a clip, as a person counts them. */
export const gapsOf = ({ scenes }: FilmRows): number[] =>
  scenes.filter((scene) => !isFilmed(scene)).map(({ sceneIndex }) => sceneIndex + 1);

/** What a person should look at first, of the clips that are missing. */
function worstGap({ scenes }: FilmRows): ErrorCode {
  const statuses = scenes.map(({ clips: [clip] }) => clip?.status);
  if (statuses.includes('UNKNOWN')) return 'OUTCOME_UNKNOWN';
  if (statuses.includes('LOST')) return 'VIDEO_CLIP_LOST';
  if (statuses.includes('RAI_FILTERED')) return 'SAFETY_FILTERED';
  return statuses.includes('TIMED_OUT') ? 'TIMED_OUT' : 'PROVIDER_FAILED';
}

function fail(
  { name: stage, failed: what = '' }: NamedStageView,
  project: FilmRows,
  run: RunView,
): NextSteps {
  const gap = stage === 'CLIPS' ? worstGap(project) : 'PROVIDER_FAILED';
  const code = gap === 'PROVIDER_FAILED' ? (run.errorCode ?? (stage === 'CLIPS' ? gap : 'INTERNAL')) : gap;
  const why = run.errorMessage ?? (stage === 'CLIPS' ? firstReason(project) : null);
  // A clip of which nobody knows says itself what to do.
  const wayOut = why && gap === 'OUTCOME_UNKNOWN' ? '' : wayOutOf(code === 'PROMPT_BLOCKED' ? code : gap);
  const message = `${why ? `${what} ${asSentence(why)}` : what}${wayOut}`;
  return { kind: 'END', status: 'FAILED', message, error: { stage, code, message } };
}

/** Providers' words do not always end in a full stop. */
const asSentence = (words: string) => (/[.!?)]$/.test(words) ? words : `${words}.`);

const firstReason = ({ scenes }: FilmRows) =>
  scenes.flatMap(({ clips: [clip] }) => clip?.errorMessage ?? [])[0] ?? null;

/** What a person can do about a gap that needs one. */
const wayOutOf = (code: ErrorCode) => (code === 'PROVIDER_FAILED' ? '' : ` ${ERROR_CODES[code]}`);

function end(project: FilmRows, last: RunStage): NextSteps {
  const gaps = last === 'CLIPS' || last === 'STITCH' ? gapsOf(project) : [];
  if (gaps.length === 0) {
    const what = last === 'STITCH' ? 'The film is finished.' : `Done as far as asked (${last}).`;
    return { kind: 'END', status: 'COMPLETED', message: what };
  }
  const message = `Without scene${gaps.length > 1 ? 's' : ''} ${gaps.join(', ')}: no clip could be made.`;
  const code = worstGap(project);
  return {
    kind: 'END',
    status: 'PARTIAL',
    message,
    error: { stage: 'CLIPS', code, message: message + wayOutOf(code) },
  };
}
