/** Google's models: which surface has them, what they take and what they cost. Data, by kind in `models/`. */
import type { ClipSource } from '../../generated/prisma/client.ts';
import type { PaidCall } from '../provider.ts';
import { CONTENT_MODELS } from './models/content-models.ts';
import type { GoogleModel, Surface } from './models/model.ts';
import { OMNI_MODELS } from './models/omni-models.ts';
import { VEO_MODELS } from './models/veo-models.ts';

export { RESOLUTIONS } from './models/model.ts';
export type { GoogleModel, Protocol, Resolution, Surface, VideoLimits } from './models/model.ts';

/** Every model that may be chosen; the first that a surface has for a call is its default there. */
export const MODELS: readonly GoogleModel[] = [...CONTENT_MODELS, ...VEO_MODELS, ...OMNI_MODELS];

/** The models a surface has for a call, its default first. */
export const modelsFor = (call: PaidCall, surface: Surface): GoogleModel[] =>
  MODELS.filter((model) => model.call === call && model.surfaces.includes(surface));

/** Shortest length a model films from these pictures that is not below `seconds`; its longest where none is. */
export function snapSeconds({ video }: GoogleModel, clipsFrom: ClipSource, seconds: number): number {
  const allowed = (clipsFrom === 'REFERENCE_IMAGES' ? video?.references.seconds : video?.seconds) ?? [];
  return allowed.find((length) => length >= seconds) ?? allowed.at(-1) ?? seconds;
}
