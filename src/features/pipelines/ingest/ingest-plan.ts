/** What bringing in a film needs next. Pure: the same rows give the same plan. */
import type { Ingest, PipelineRun, Video } from '../../../generated/prisma/client.ts';
import { posterStep, proxyStep, surveyStep } from '../../ingests/assets.jobs.ts';
import { dropTwinStep } from '../../ingests/drop-twin.jobs.ts';
import { fetchSourceStep } from '../../ingests/fetch-source.jobs.ts';
import { ASSET_SHARES } from '../../ingests/ingest.ts';
import type { NextSteps } from '../../runs/engine/pipeline.ts';

/** In the order in which they are made. */
const ASSETS = [
  { isThere: (video: Video) => video.posterPath !== null, step: posterStep, share: ASSET_SHARES.POSTER },
  { isThere: (video: Video) => video.proxyPath !== null, step: proxyStep, share: ASSET_SHARES.PROXY },
  {
    isThere: ({ audioCodec, peaksPath }: Video) => audioCodec === null || peaksPath !== null,
    step: surveyStep,
    share: ASSET_SHARES.SURVEY,
  },
];

type Rows = Pick<Ingest, 'id' | 'filePath'> & { video: Video | null };
type Standing = Pick<PipelineRun, 'errorCode' | 'errorMessage'>;

/** One step at a time: each of them uses all processors. */
export function planIngestRun({ id, filePath, video }: Rows, run: Standing): NextSteps {
  const told = { ingestId: id };
  if (!video) {
    if (run.errorCode !== null) return failed(run);
    const step = filePath === null ? fetchSourceStep : dropTwinStep;
    return { kind: 'GO', stage: 'FETCH', done: {}, message: 'Fetching the film.', steps: [step.call(told)] };
  }
  const lacking = ASSETS.filter(({ isThere }) => !isThere(video));
  const [next] = lacking;
  if (!next) return { kind: 'END', status: 'COMPLETED', message: `"${video.title}" is in the library.` };
  if (run.errorCode !== null) {
    const message = `"${video.title}" is in the library, without all that players need: ${run.errorMessage}`;
    return { kind: 'END', status: 'PARTIAL', message };
  }
  const missing = lacking.reduce((sum, { share }) => sum + share, 0);
  const done = { FETCH: 1, PROBE: Math.max(0, 1 - missing) };
  return {
    kind: 'GO',
    stage: 'PROBE',
    done,
    message: 'Making what players need.',
    steps: [next.step.call(told)],
  };
}

function failed({ errorCode, errorMessage }: Standing): NextSteps {
  const message = errorMessage ?? 'The film could not be brought in.';
  const error = { stage: 'FETCH' as const, code: errorCode ?? 'INTERNAL', message };
  return { kind: 'END', status: 'FAILED', message, error };
}
