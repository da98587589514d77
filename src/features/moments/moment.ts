/** Moments: parts of a video that are worth posting. */
import { z } from 'zod';
import { ownedThrough } from '../../platform/database/owned.ts';
import { MOMENT_FEATURES, type MomentFeature } from './find/found-moments.ts';

/** The moments `actor` may see. */
export const visibleMoments = ownedThrough('Moment', 'video');

/** The prompts `actor` may see. */
export const visiblePrompts = ownedThrough('Prompt');

/** The configurations `actor` may see. */
export const visibleConfigs = ownedThrough('GenerationConfig');

/** Why a moment was chosen, as `Moment.reasons` has it. */
export const storedReasons = z.array(
  z.object({
    feature: z.enum(Object.keys(MOMENT_FEATURES) as MomentFeature[]),
    points: z.number(),
    evidence: z.string().nullish(),
  }),
);
