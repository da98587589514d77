/** What a run of moments needs next, seen from its rows alone. Pure: the same rows give the same plan. */
import { MOMENTS_STAGES, type MomentsStage } from '../../../core/stages/flow-stages.ts';
import { upTo } from '../../../core/stages/stages.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import { buyMomentsStep } from '../../moments/ask/buy-moments.jobs.ts';
import type { Asking } from '../../moments/ask/question-rows.ts';
import { searchByModelStep } from '../../moments/ask/search-by-model.jobs.ts';
import { buyTranscriptStep } from '../../transcripts/hear/buy-transcript.jobs.ts';
import type { Hearing } from '../../transcripts/hear/chunk-rows.ts';
import { layOutHearingStep } from '../../transcripts/hear/lay-out-hearing.jobs.ts';
import { transcribeStep } from '../../transcripts/transcribe.jobs.ts';
import { cutClipStep } from '../../moments/cut/cut-clip.jobs.ts';
import { findMomentsStep } from '../../moments/find-moments.jobs.ts';
import { thumbnailsStep } from '../../moments/thumbnails.jobs.ts';
import { isHeld } from '../../runs/engine/hold.ts';
import type { NextSteps } from '../../runs/engine/pipeline.ts';
import type { StepCall } from '../../runs/engine/step.ts';
import { surveyVideoStep } from '../../videos/survey/survey-video.jobs.ts';
import { momentsOrderOf } from './moments-options.ts';
import type { MomentsRows, MomentToCut } from './read-moments.ts';

type StageView = {
  /** 0 to 1. */
  done: number;
  message: string;
  steps: StepCall[];
  /** Nothing more can be done in this stage, and it did not give what the next one needs. */
  failed?: string;
  /** Why, where rows say it; else the run does. */
  problem?: { code: string; message: string };
};

/** What a plan looks at of its run. */
export type MomentsRun = Pick<
  PipelineRun,
  'errorStage' | 'errorCode' | 'errorMessage' | 'status' | 'stopAfter' | 'momentsScope' | 'options'
>;

const DONE: StageView = { done: 1, message: '', steps: [] };

/** The next steps of a run of moments, or how it ends. One stage after the other; clips are cut side by side. */
export function planMomentsRun(rows: MomentsRows, run: MomentsRun): NextSteps {
  const asked = upTo(MOMENTS_STAGES, run.stopAfter);
  const done: Partial<Record<MomentsStage, number>> = {};
  for (const { name } of asked) {
    const view = STAGE_VIEW[name](rows, run);
    done[name] = view.done;
    if (view.failed !== undefined) return failed(name, view.failed, view.problem ?? run);
    const { message, steps } = view;
    if (steps.length > 0) return { kind: 'GO', stage: name, done, message, steps };
  }
  return end(rows, run, asked.at(-1)?.name ?? 'THUMBNAILS');
}

/**
 * The same of a run that is to buy nothing more: a cap holds it, or all that it buys is refused. What is being bought is waited for.
 *
 * @param isBuying whether a call of its is out.
 */
export function planStoppedMoments(rows: MomentsRows, run: MomentsRun, isBuying: boolean): NextSteps {
  const plan = planMomentsRun(rows, run);
  if (plan.kind !== 'GO') return plan;
  if (isBuying) return { ...plan, steps: [] };
  if (isHeld(run)) return { kind: 'PAUSE' };
  const message = run.errorMessage ?? 'The provider refuses all that is bought.';
  const error = { stage: plan.stage, code: run.errorCode ?? 'INTERNAL', message };
  return { kind: 'END', status: 'FAILED', message, error };
}

const STAGE_VIEW: Record<MomentsStage, (rows: MomentsRows, run: MomentsRun) => StageView> = {
  EXTRACT_AUDIO: survey,
  TRANSCRIBE: transcript,
  FIND_MOMENTS: find,
  CUT_CLIPS: cut,
  THUMBNAILS: thumbnails,
};

function survey({ hasSurvey, videoId }: MomentsRows, run: MomentsRun): StageView {
  if (hasSurvey) return DONE;
  const message = 'Listening to the video and looking for its shots.';
  if (run.errorStage === 'EXTRACT_AUDIO')
    return { done: 0, message, steps: [], failed: 'The video could not be read.' };
  return { done: 0, message, steps: [surveyVideoStep.call({ videoId })] };
}

function transcript(rows: MomentsRows, run: MomentsRun): StageView {
  const { hasTranscript, skippedStages, hearing, videoId } = rows;
  const { scope, transcriptSource: source, language } = momentsOrderOf(run);
  const isSkipped = skippedStages.some(({ stage }) => stage === 'TRANSCRIBE');
  if (hasTranscript || isSkipped || scope === 'CLIPS_ONLY') return DONE;
  if (hearing && hearing.state !== 'NOT_LAID_OUT') return hear(hearing);
  const message = hearing ? 'Looking where something is said.' : 'Finding out what is said.';
  if (run.errorStage === 'TRANSCRIBE')
    return { done: 0, message, steps: [], failed: 'There is no transcript.' };
  const step = hearing
    ? layOutHearingStep.call({ videoId, language })
    : transcribeStep.call({ videoId, source, language });
  return { done: 0, message, steps: [step] };
}

function hear(hearing: Hearing): StageView {
  if (!('heard' in hearing)) return DONE;
  const done = hearing.heard / hearing.all;
  const message = `Having it heard (${hearing.heard} of ${hearing.all} parts done).`;
  if (hearing.state === 'FAILED')
    return { done, message, steps: [], failed: 'It could not be heard.', problem: hearing.problem };
  return { done, message, steps: hearing.chunkIds.map((chunkId) => buyTranscriptStep.call({ chunkId })) };
}

function find({ videoId, totalMoments, asking, hasTranscript }: MomentsRows, run: MomentsRun): StageView {
  if (totalMoments !== null || momentsOrderOf(run).scope === 'CLIPS_ONLY') return DONE;
  // Without words there is nothing to ask about.
  const isAsked = asking !== null && hasTranscript;
  if (isAsked && (asking.state === 'OPEN' || asking.state === 'FAILED')) return ask(asking);
  const message = 'Looking for moments.';
  if (run.errorStage === 'FIND_MOMENTS')
    return { done: 0, message, steps: [], failed: 'Moments could not be looked for.' };
  return { done: 0, message, steps: [(isAsked ? searchByModelStep : findMomentsStep).call({ videoId })] };
}

function ask(asking: Extract<Asking, { state: 'OPEN' | 'FAILED' }>): StageView {
  const done = asking.answered / asking.all;
  const message = `Asking for moments (${asking.answered} of ${asking.all} parts answered).`;
  if (asking.state === 'FAILED')
    return { done, message, steps: [], failed: 'Moments could not be asked for.', problem: asking.problem };
  const steps = asking.questionIds.map((questionId) => buyMomentsStep.call({ questionId }));
  return { done, message, steps };
}

/** One that fails leaves a gap, and the others go on. */
function cut({ moments }: MomentsRows): StageView {
  const open = moments.filter(({ isCut, clipErrorCode }) => !isCut && clipErrorCode === null);
  const finished = moments.filter(({ isCut }) => isCut);
  const steps = open.map(({ id }) => cutClipStep.call({ momentId: id }));
  const all = secondsOf(moments);
  return {
    done: all > 0 ? 1 - secondsOf(open) / all : 1,
    message: `Cutting clips (${finished.length} of ${moments.length} done).`,
    steps,
  };
}

const secondsOf = (moments: readonly MomentToCut[]): number =>
  moments.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);

function thumbnails({ hasThumbnails, skippedStages, videoId }: MomentsRows): StageView {
  const isSkipped = skippedStages.some(({ stage }) => stage === 'THUMBNAILS');
  if (hasThumbnails || isSkipped) return DONE;
  return { done: 0, message: 'Choosing stills.', steps: [thumbnailsStep.call({ videoId })] };
}

type Problem = { code: string; message: string } | Pick<PipelineRun, 'errorCode' | 'errorMessage'>;

function failed(stage: MomentsStage, what: string, problem: Problem): NextSteps {
  const why = 'code' in problem ? problem : { code: problem.errorCode, message: problem.errorMessage };
  const code = why.code ?? 'INTERNAL';
  const message = why.message === null ? what : `${what} ${why.message}`;
  return { kind: 'END', status: 'FAILED', message, error: { stage, code, message } };
}

function end(rows: MomentsRows, run: MomentsRun, last: MomentsStage): NextSteps {
  const { moments } = rows;
  const gaps = last === 'CUT_CLIPS' || last === 'THUMBNAILS' ? moments.filter(({ isCut }) => !isCut) : [];
  const [gap] = gaps;
  if (!gap) return { kind: 'END', status: 'COMPLETED', message: summary(rows, run) };
  const titles = gaps.map(({ title }) => `"${title}"`).join(', ');
  const message = `Not cut: ${titles}. ${gap.clipErrorMessage ?? ''}`.trim();
  const code = gap.clipErrorCode ?? 'MEDIA_FAILED';
  const status = gaps.length === moments.length ? 'FAILED' : 'PARTIAL';
  return { kind: 'END', status, message, error: { stage: 'CUT_CLIPS', code, message } };
}

function summary({ moments: { length: clips }, totalMoments }: MomentsRows, run: MomentsRun): string {
  const { stopAfter } = run;
  const { scope } = momentsOrderOf(run);
  if (stopAfter !== null) return `Done as far as asked (${stopAfter}).`;
  const found = scope === 'CLIPS_ONLY' ? '' : `Found ${countOf(totalMoments ?? 0, 'moment')}. `;
  return scope === 'MOMENTS_ONLY'
    ? found.trim()
    : `${found}${countOf(clips, 'clip')} ${clips === 1 ? 'is' : 'are'} there.`;
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
