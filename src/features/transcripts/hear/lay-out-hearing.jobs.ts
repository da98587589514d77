/** The step that says which parts of a video are to be bought to be heard. */
import { z } from 'zod';
import { defineStep } from '../../runs/engine/step.ts';
import { skipStage } from '../../runs/skip-stage.ts';
import { surveyOf } from '../../videos/survey/survey.ts';
import { layOutChunks } from './chunk-rows.ts';
import { planChunks } from './plan-chunks.ts';
import { silencesIn } from './silences.ts';

const layOutInput = z.object({
  videoId: z.uuid(),
  /** Tag of the language; null where the model is to hear which. */
  language: z.string().nullable(),
});

/** Lays out what is to be heard of a video, by its silences, once. Of a silent video nothing: the run skips its stage. */
export const layOutHearingStep = defineStep<z.infer<typeof layOutInput>, null, null>({
  name: 'lay-out-hearing',
  input: layOutInput,
  key: () => 'lay-out-hearing',
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, ctx, run, { videoId, language }) {
    const { durationSeconds, survey } = await tx.video.findUniqueOrThrow({
      where: { id: videoId },
      include: { survey: true },
    });
    const { loudness = null } = survey ? surveyOf(survey) : {};
    const chunks = planChunks(durationSeconds, silencesIn(loudness, durationSeconds));
    if (chunks.length > 0) await layOutChunks(tx, videoId, chunks, { language, hasSpeakers: true });
    else {
      const reason = 'The video is silent: there is nothing to be heard.';
      await skipStage(tx, ctx.actor, run, { stage: 'TRANSCRIBE', reason });
    }
    return null;
  },

  work: async () => null,
  async finish() {},
  // The plan sees the failure on the run: there is no row of its own to mark.
  async fail() {},
});
