/** What becomes of moments that were found: rows of the video, and the count of their run. */
import type { GenerationConfig, PipelineRun, Video } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { warn } from '../runs/run.ts';
import { skipStage } from '../runs/skip-stage.ts';
import type { FoundMoment, Shortfall } from './find/found-moments.ts';
import { insertMoment } from './insert-moment.ts';

export type Found = {
  model: string;
  shortfall: Shortfall | null;
  moments: (FoundMoment & { title: string })[];
};

/** Stores what a run found of a video, and that it has looked; within `tx`. */
export async function keepFound(
  tx: Tx,
  actor: Actor,
  { run, videoId }: { run: PipelineRun; videoId: string },
  { model, moments, shortfall }: Found,
): Promise<void> {
  const config = await configOf(tx, run);
  const video = await tx.video.findUniqueOrThrow({ where: { id: videoId } });
  for (const moment of moments) await insertFound(tx, actor, { run, video, config, model }, moment);
  if (model === 'FROM_SOUND') await skipStage(tx, actor, run, WITHOUT_WORDS);
  if (shortfall) await warn(tx, actor, run, SHORTFALL[shortfall], { found: moments.length });
  await tx.pipelineRun.update({ where: { id: run.id }, data: { totalMoments: moments.length } });
}

/**
 * Takes the moments of a video that were found with a run's configuration before, since it has its transcript: the run then has
 * looked. Those of before were found by what is heard alone.
 *
 * @returns whether there are any.
 */
export async function takeFound(
  tx: Tx,
  run: PipelineRun,
  { videoId, since }: { videoId: string; since: Date | null },
): Promise<boolean> {
  const { generationConfigId } = run;
  const found = await tx.moment.count({
    where: { videoId, generationConfigId, parentId: null, ...(since && { createdAt: { gte: since } }) },
  });
  if (found === 0) return false;
  await tx.pipelineRun.update({ where: { id: run.id }, data: { totalMoments: found } });
  return true;
}

const WITHOUT_WORDS = {
  stage: 'TRANSCRIBE',
  reason:
    'The video has no transcript: its moments come from shots and sound, which know nothing of what it is about. Give it one, and run it again.',
} as const;

/** What a person is told of too few. */
const SHORTFALL: Record<Shortfall, string> = {
  VIDEO_TOO_SHORT: 'The video is shorter than the shortest moment asked for.',
  NO_WORDS: 'Nothing is said in the video that a moment could be made of.',
  NO_ROOM: 'No more moments of the lengths asked for find room in the video; ask for shorter ones.',
};

/** The configuration of a run that finds moments. */
export const configOf = (tx: Tx, { generationConfigId }: PipelineRun): Promise<GenerationConfig> =>
  tx.generationConfig.findUniqueOrThrow({ where: { id: generationConfigId ?? '' } });

type Finding = { run: PipelineRun; video: Video; config: GenerationConfig; model: string };

async function insertFound(
  tx: Tx,
  actor: Actor,
  { run, video, config, model }: Finding,
  { startSeconds, endSeconds, score, reasons, title }: Found['moments'][number],
): Promise<void> {
  const row = {
    startTime: startSeconds,
    endTime: Math.min(endSeconds, video.durationSeconds),
    title,
    generationModel: model,
    generationConfigId: config.id,
    score,
    scoringModel: model,
    scoredAt: new Date(),
    reasons,
  };
  await insertMoment(tx, actor, { video, run }, row, ({ endTime }) => ({
    message: `Found "${title}" (${score.toFixed(1)} of 10).`,
    details: { from: null, to: 'FOUND', startSeconds, endSeconds: endTime, score },
  }));
}
