import type { Clip, Moment, PipelineRun, Transcript } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { type Asking, askingOf } from '../../moments/ask/question-rows.ts';
import { type Hearing, hearingOf } from '../../transcripts/hear/chunk-rows.ts';
import { ASKED_MODEL } from './finders.ts';
import { cutDigestOf } from '../../moments/cut/cut-digest.ts';
import { cutOptions } from '../../moments/cut/cut-options.ts';
import { readLacking } from '../../moments/thumbnails.jobs.ts';
import { type SkippedStage, skippedBy } from '../../runs/skip-stage.ts';
import { momentsOrderOf } from './moments-options.ts';

/** A moment that a run is to cut. */
export type MomentToCut = Pick<Moment, 'id' | 'title' | 'clipErrorCode' | 'clipErrorMessage'> & {
  durationSeconds: number;
  /** Whether its clip is the one that this run would cut. */
  isCut: boolean;
};

/** What a plan looks at. */
export type MomentsRows = {
  videoId: string;
  hasSurvey: boolean;
  hasTranscript: boolean;
  /** Where the hearing stands that is paid for; null where none is asked for. */
  hearing: Hearing | null;
  /** Where the questions to a model stand; null where none is asked. */
  asking: Asking | null;
  /** The best first. */
  moments: MomentToCut[];
  /** Moments that the run found; null until it looked. */
  totalMoments: number | null;
  skippedStages: SkippedStage[];
  /** Whether the video and all its clips have stills. */
  hasThumbnails: boolean;
};

/** Reads what is there of a run of moments; within `tx`. */
export async function readMomentsRows(tx: Tx, run: PipelineRun): Promise<MomentsRows> {
  const videoId = run.videoId ?? '';
  const { survey, transcript } = await tx.video.findUniqueOrThrow({
    where: { id: videoId },
    select: { survey: { select: { videoId: true } }, transcript: { select: { id: true, version: true } } },
  });
  // What the step that ends just now wrote is not on the run that the engine holds.
  const now = await tx.pipelineRun.findUniqueOrThrow({
    where: { id: run.id },
    select: { totalMoments: true, skippedStages: true },
  });
  return {
    videoId,
    totalMoments: now.totalMoments,
    skippedStages: skippedBy(now),
    hasSurvey: survey !== null,
    hasTranscript: transcript !== null,
    hearing: momentsOrderOf(run).transcriptSource === 'GEMINI' ? await hearingOf(tx, videoId) : null,
    asking: await readAsking(tx, run),
    moments: await readToCut(tx, run, { videoId, transcript }),
    hasThumbnails: (await readLacking(tx, videoId)).length === 0,
  };
}

async function readAsking(
  tx: Tx,
  { id: runId, generationConfigId: configId }: PipelineRun,
): Promise<Asking | null> {
  if (configId === null) return null;
  const { model } = await tx.generationConfig.findUniqueOrThrow({ where: { id: configId } });
  return model === ASKED_MODEL ? askingOf(tx, { runId, configId }) : null;
}

type Source = { videoId: string; transcript: Pick<Transcript, 'id' | 'version'> | null };

async function readToCut(tx: Tx, run: PipelineRun, { videoId, transcript }: Source): Promise<MomentToCut[]> {
  const { scope, maxClips, momentIds } = momentsOrderOf(run);
  if (scope === 'MOMENTS_ONLY') return [];
  const { generationConfigId } = run;
  const moments = await tx.moment.findMany({
    where: {
      videoId,
      discardedAt: null,
      ...(scope === 'FULL' && { generationConfigId }),
      ...(momentIds && { id: { in: momentIds } }),
      // One that was refined is cut as it was refined.
      children: { none: { discardedAt: null } },
    },
    include: { clip: { select: { cutDigest: true } } },
    orderBy: [{ score: { sort: 'desc', nulls: 'last' } }, { startTime: 'asc' }, { id: 'asc' }],
    take: maxClips,
  });
  const options = cutOptions.parse(run.options);
  return moments.map(({ clip, ...moment }) =>
    toCut(moment, clip, cutDigestOf({ moment, transcript, options })),
  );
}

const toCut = (
  { id, title, clipErrorCode, clipErrorMessage, startTime, endTime }: Moment,
  clip: Pick<Clip, 'cutDigest'> | null,
  digest: string,
): MomentToCut => ({
  id,
  title,
  clipErrorCode,
  clipErrorMessage,
  durationSeconds: endTime - startTime,
  isCut: clip?.cutDigest === digest,
});
