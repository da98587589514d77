/** Every flow of the product and every kind of step. */
import { downloadVideoClipStep } from '../video-clips/download-video-clip.jobs.ts';
import { renderVideoClipStep } from '../video-clips/render-video-clip.jobs.ts';
import { submitVideoClipStep } from '../video-clips/submit-video-clip.jobs.ts';
import { stitchStep } from '../videos/film.jobs.ts';
import { keyframeStep } from '../keyframes/keyframe.jobs.ts';
import type { Flows } from '../runs/engine/pipeline.ts';
import { transcribeStep } from '../transcripts/transcribe.jobs.ts';
import { storyboardStep } from '../storyboards/storyboard.jobs.ts';
import { posterStep, proxyStep, surveyStep } from '../ingests/assets.jobs.ts';
import { dropTwinStep } from '../ingests/drop-twin.jobs.ts';
import { fetchSourceStep } from '../ingests/fetch-source.jobs.ts';
import { filmPipeline } from './film/film-pipeline.ts';
import { momentsPipeline } from './moments/moments-pipeline.ts';
import { ingestPipeline } from './ingest/ingest-pipeline.ts';
import { stitchPipeline } from './stitch/stitch-pipeline.ts';
import { buyMomentsStep } from '../moments/ask/buy-moments.jobs.ts';
import { searchByModelStep } from '../moments/ask/search-by-model.jobs.ts';
import { buyTranscriptStep } from '../transcripts/hear/buy-transcript.jobs.ts';
import { layOutHearingStep } from '../transcripts/hear/lay-out-hearing.jobs.ts';
import { cutClipStep } from '../moments/cut/cut-clip.jobs.ts';
import { findMomentsStep } from '../moments/find-moments.jobs.ts';
import { thumbnailsStep } from '../moments/thumbnails.jobs.ts';
import { surveyVideoStep } from '../videos/survey/survey-video.jobs.ts';

export const flows: Flows = {
  pipelines: {
    FILM: filmPipeline,
    STITCH: stitchPipeline,
    MOMENTS: momentsPipeline,
    INGEST: ingestPipeline,
  },
  steps: [
    storyboardStep,
    keyframeStep,
    renderVideoClipStep,
    submitVideoClipStep,
    downloadVideoClipStep,
    stitchStep,
    surveyVideoStep,
    transcribeStep,
    layOutHearingStep,
    buyTranscriptStep,
    searchByModelStep,
    buyMomentsStep,
    findMomentsStep,
    cutClipStep,
    thumbnailsStep,
    fetchSourceStep,
    dropTwinStep,
    posterStep,
    proxyStep,
    surveyStep,
  ],
};
