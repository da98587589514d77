/** What runs of moments are told besides their columns. */
import { z } from 'zod';
import { type MomentsScope, type PipelineRun, TranscriptSource } from '../../../generated/prisma/client.ts';
import { cutOptions } from '../../moments/cut/cut-options.ts';

/** Clips of one run at most; ours: people post a handful of a video. */
export const MOST_CLIPS = 100;

const CLIPS = `Must be 1 to ${MOST_CLIPS}.`;

export const momentsOptions = cutOptions.extend({
  /** Where words come from; null for the best that is to be had free of charge. */
  transcriptSource: z.enum(TranscriptSource).nullable().default(null),
  /** Tag of the language; null where nobody knows. */
  language: z.string().nullable().default(null),
  /** Most clips to cut, the best moments first. */
  maxClips: z.number().int().min(1, CLIPS).max(MOST_CLIPS, CLIPS).default(MOST_CLIPS),
  /** Moments to cut; null for those that the run finds, or for all that are kept where it finds none. */
  momentIds: z.array(z.uuid()).max(MOST_CLIPS).nullable().default(null),
});

export type MomentsOptions = z.infer<typeof momentsOptions>;

/** What a run of moments was told, its scope included. */
export function momentsOrderOf(run: Pick<PipelineRun, 'options' | 'momentsScope'>) {
  const scope: MomentsScope = run.momentsScope ?? 'FULL';
  return { ...momentsOptions.parse(run.options), scope };
}
