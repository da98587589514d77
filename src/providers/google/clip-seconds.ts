import { snapSeconds } from '../clip-length.ts';
import type { ClipOrder } from '../capabilities/clip.ts';
import type { GoogleClient } from './client.ts';
import { sourceOf } from './clip-prompt.ts';

/** Seconds that a clip is ordered to last: what the model makes that is not below what was asked for. */
export function secondsOf({ settings, lengths }: GoogleClient, order: ClipOrder): number {
  const { models, resolution } = settings;
  const made = lengths.of({ model: models.CLIP, resolution, clipsFrom: sourceOf(order) });
  return snapSeconds(made, order.durationSeconds);
}
