/** The step that finds moments by what is said and heard, on this machine and free of charge. */
import type { GenerationConfig, PipelineRun, Video } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { defineStep } from '../runs/engine/step.ts';
import { warn } from '../runs/run.ts';
import { skipStage } from '../runs/skip-stage.ts';
import { titleOf } from '../projects/title.ts';
import { sentencesIn, wordsOf } from '../transcripts/text-columns.ts';
import { surveyOf } from '../videos/survey/survey.ts';
import { videoInput, type VideoInput } from '../videos/survey/survey-video.jobs.ts';
import { findFromSound } from './find/find-from-sound.ts';
import { findMoments } from './find/find-moments.ts';
import type { FinderInput, SoundInput } from './find/finder-input.ts';
import type { FoundMoment, Shortfall } from './find/found-moments.ts';
import { insertMoment } from './insert-moment.ts';

type Search = { sound: SoundInput; spoken: Pick<FinderInput, 'words' | 'sentences' | 'language'> | null };
type Found = { model: string; shortfall: Shortfall | null; moments: (FoundMoment & { title: string })[] };

/** Finds the moments of a video with its run's configuration. Those that it found before count, and it does not look again. */
export const findMomentsStep = defineStep<VideoInput, Search, Found>({
  name: 'find-moments',
  input: videoInput,
  key: () => 'find',
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, _ctx, run, { videoId }) {
    if (run.totalMoments !== null) return null;
    const video = await tx.video.findUniqueOrThrow({
      where: { id: videoId },
      include: { survey: true, transcript: true },
    });
    const { survey, transcript, durationSeconds } = video;
    const config = await configOf(tx, run);
    const found = await countFound(tx, config, { videoId, since: transcript?.createdAt ?? null });
    if (found > 0) {
      await tx.pipelineRun.update({ where: { id: run.id }, data: { totalMoments: found } });
      return null;
    }
    const { shotChanges = [], loudness = null } = survey ? surveyOf(survey) : {};
    const spoken = transcript && {
      words: wordsOf(transcript),
      sentences: sentencesIn(transcript).map(({ from, to }) => ({ startWord: from, endWord: to })),
      language: transcript.language,
    };
    const sound = { durationSeconds, cuts: shotChanges, limits: config, ...(loudness && { loudness }) };
    return { sound, spoken };
  },

  work: async (_ctx, { sound, spoken }) => (spoken ? fromWords({ ...sound, ...spoken }) : fromSound(sound)),

  async finish(tx, ctx, run, { videoId }, { model, moments, shortfall }) {
    const config = await configOf(tx, run);
    const video = await tx.video.findUniqueOrThrow({ where: { id: videoId } });
    for (const moment of moments) await insertFound(tx, ctx.actor, { run, video, config, model }, moment);
    if (model === 'FROM_SOUND') await skipStage(tx, ctx.actor, run, WITHOUT_WORDS);
    if (shortfall) await warn(tx, ctx.actor, run, SHORTFALL[shortfall], { found: moments.length });
    await tx.pipelineRun.update({ where: { id: run.id }, data: { totalMoments: moments.length } });
  },

  // The plan sees the failure on the run: there is no row of its own to mark.
  async fail() {},
});

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

const configOf = (tx: Tx, { generationConfigId }: PipelineRun): Promise<GenerationConfig> =>
  tx.generationConfig.findUniqueOrThrow({ where: { id: generationConfigId ?? '' } });

/** Those of before the transcript was there were found by what is heard alone. */
const countFound = (
  tx: Tx,
  { id }: GenerationConfig,
  { videoId, since }: { videoId: string; since: Date | null },
): Promise<number> =>
  tx.moment.count({
    where: { videoId, generationConfigId: id, parentId: null, ...(since && { createdAt: { gte: since } }) },
  });

function fromWords(input: FinderInput): Found {
  const { moments, shortfall, foundBy } = findMoments(input);
  const text = (from: number, to: number) =>
    input.words
      .slice(from, to)
      .map(({ word }) => word)
      .join(' ');
  return {
    model: foundBy,
    shortfall,
    moments: moments.map(({ startWord, endWord, ...moment }) => ({
      ...moment,
      title: titleOf(text(startWord, endWord)),
    })),
  };
}

function fromSound(input: SoundInput): Found {
  const { moments, shortfall, foundBy } = findFromSound(input);
  return {
    model: foundBy,
    shortfall,
    moments: moments.map((moment) => ({ ...moment, title: `From ${clockOf(moment.startSeconds)}` })),
  };
}

/** `1:02:03` */
function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

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
