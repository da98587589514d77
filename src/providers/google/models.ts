/** Google's models: which surface has them, what they take and what they cost. Data, by kind in `models/`. */
import { CONTENT_MODELS } from './models/content-models.ts';
import type { GoogleCall, GoogleModel, Surface } from './models/model.ts';
import { OMNI_MODELS } from './models/omni-models.ts';
import { VEO_MODELS } from './models/veo-models.ts';

export { RESOLUTIONS } from './models/model.ts';
export type { GoogleCall, GoogleModel, Protocol, Resolution, Surface, VideoLimits } from './models/model.ts';

/** Every model that may be chosen; the first that a surface has for a call is its default there. */
export const MODELS: readonly GoogleModel[] = [...CONTENT_MODELS, ...VEO_MODELS, ...OMNI_MODELS];

/** Whether the day has come from which on Google may have taken a model away. */
export const isRetired = ({ retiresOn }: Pick<GoogleModel, 'retiresOn'>, now: Date): boolean =>
  retiresOn !== null && retiresOn <= now.toISOString().slice(0, 10);

/** The models a surface has for a call, its default first; one whose day has come makes way for its replacement. */
export function modelsFor(call: GoogleCall, surface: Surface, now: Date): GoogleModel[] {
  const found = MODELS.filter((model) => model.call === call && model.surfaces.includes(surface));
  const [first] = found;
  if (!first || !isRetired(first, now)) return found;
  const rankOf = (model: GoogleModel) =>
    isRetired(model, now) ? 2 : model.name === first.replacement ? 0 : 1;
  return found.toSorted((one, other) => rankOf(one) - rankOf(other));
}
