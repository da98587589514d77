import { z } from 'zod';
import type { PipelineRun } from '../../generated/prisma/client.ts';

/** What flows that end in a film are told besides. */
export const filmOptions = z.object({
  /** Seconds of crossfade between scenes, at most half of either clip; 0 is a hard cut. */
  crossfadeSeconds: z.number().min(0).default(0),
});

/** What a run that ends in a film was told. */
export const filmOptionsOf = ({ options }: Pick<PipelineRun, 'options'>) => filmOptions.parse(options);
