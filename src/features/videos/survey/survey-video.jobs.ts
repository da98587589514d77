/** The step that listens to a video and looks for its shots, once for all runs. */
import { z } from 'zod';
import type { Prisma, Video } from '../../../generated/prisma/client.ts';
import { findShots } from '../../../media/shots/find-shots.ts';
import { readLevels } from '../../../media/sound/levels.ts';
import { surveySound } from '../../../media/sound/survey-sound.ts';
import { defineStep, type WorkCtx } from '../../runs/engine/step.ts';
import { LEVEL_STEP_SECONDS } from './survey.ts';

export const videoInput = z.object({ videoId: z.uuid() });
export type VideoInput = z.infer<typeof videoInput>;

type Heard = { shotChanges: number[]; levels: number[] };

/** Measures how loud a video is and where its shots change. One that is measured is not measured again. */
export const surveyVideoStep = defineStep<VideoInput, Video, Heard>({
  name: 'survey-video',
  input: videoInput,
  key: () => 'survey',
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, _ctx, _run, { videoId }) {
    const { survey, ...video } = await tx.video.findUniqueOrThrow({
      where: { id: videoId },
      include: { survey: { select: { videoId: true } } },
    });
    return survey ? null : video;
  },

  async work({ storage }, { filePath, durationSeconds }, signal) {
    return storage.withFiles([filePath], async ([file = '']) => ({
      levels: await levelsOf(storage, { file, durationSeconds }, signal),
      shotChanges: await findShots({ file, durationSeconds }, { signal }),
    }));
  },

  async finish(tx, _ctx, _run, { videoId }, { shotChanges, levels }) {
    const measured = { shotChanges, levels, levelStepSeconds: LEVEL_STEP_SECONDS };
    const data: Prisma.VideoSurveyUncheckedCreateInput = { videoId, ...measured };
    await tx.videoSurvey.createMany({ data, skipDuplicates: true });
  },

  // The plan sees the failure on the run: there is no row of its own to mark.
  async fail() {},
});

const levelsOf = (
  storage: WorkCtx['storage'],
  film: { file: string; durationSeconds: number },
  signal: AbortSignal,
): Promise<number[]> =>
  storage.withTemporary('json', (peaksFile) =>
    storage.withTemporary('s16', async (speechFile) => {
      await surveySound({ ...film, peaksFile, speechFile }, { signal });
      return readLevels(speechFile, LEVEL_STEP_SECONDS);
    }),
  );
