/** What was measured of a video, as code reads it. */
import { z } from 'zod';
import type { VideoSurvey } from '../../../generated/prisma/client.ts';

/** Fine enough to find the pause between two words; of three hours there are 108,000. */
export const LEVEL_STEP_SECONDS = 0.1;

const numbers = z.array(z.number());

export type Survey = {
  /** Seconds from the start of the video. */
  shotChanges: number[];
  /** dB under full scale, one for every `stepSeconds`; null for a video without sound. */
  loudness: { stepSeconds: number; values: number[] } | null;
};

/** Reads a row. Pure. */
export function surveyOf({ shotChanges, levels, levelStepSeconds }: VideoSurvey): Survey {
  const values = numbers.parse(levels);
  return {
    shotChanges: numbers.parse(shotChanges),
    loudness: values.length > 0 ? { stepSeconds: levelStepSeconds, values } : null,
  };
}
