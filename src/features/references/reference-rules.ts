/** What a project's reference images can be used for. Pure. */
import type { Project } from '../../generated/prisma/client.ts';
import { clipLengthsOf } from '../../providers/clip-length.ts';
import { getProvider, requireCapability } from '../../providers/registry.ts';
import { requireFilmProvider } from '../projects/film-provider.ts';

type Order = Pick<Project, 'provider' | 'clipsFrom'>;

/** Why so many are more than the project's provider takes, with the way out; null if they are not. */
export function tooMany({ provider, clipsFrom }: Order, count: number): string | null {
  const { label, capabilities } = requireFilmProvider(provider);
  const { maxReferences: maxPerFrame } = capabilities.KEYFRAME;
  const { maxReferences: maxPerClip } = capabilities.CLIP;
  if (clipsFrom === 'REFERENCE_IMAGES') {
    if (count <= maxPerClip) return null;
    const seconds = clipLengthsOf(capabilities.CLIP, clipsFrom).join(', ');
    const rule = `${label} films from a first and a last frame, or from at most ${maxPerClip} reference images (clips of ${seconds} s), never from both`;
    const otherWay =
      maxPerFrame > maxPerClip
        ? `, or set clipsFrom to KEYFRAMES with upgradeProject: its frames are drawn from up to ${maxPerFrame} of them`
        : '';
    return `${rule}; ${count} are too many. Have fewer${otherWay}.`;
  }
  if (maxPerFrame === 0 || count <= maxPerFrame) return null;
  return `${label} draws a frame from at most ${maxPerFrame} reference images; ${count} are too many. Have fewer.`;
}

/** Why a film cannot be launched with so many, with the way out; null if it can. */
export function whyNotWith(order: Order, count: number): string | null {
  if (order.clipsFrom === 'KEYFRAMES' || count > 0) return tooMany(order, count);
  return 'Its clips are filmed from reference images, and it has none: add one with addReferenceImage, or set clipsFrom to KEYFRAMES with upgradeProject.';
}

/** How many of them its frames are drawn from: all or none. */
export const takenByFrames = ({ provider }: Pick<Project, 'provider'>, count: number): number =>
  requireCapability(provider, 'KEYFRAME').maxReferences === 0 ? 0 : count;

/** What a person should know whose pictures nobody looks at; null if they are used, or there are none. */
export function unusedReferences(order: Order, count: number): string | null {
  if (order.clipsFrom === 'REFERENCE_IMAGES' || count === 0 || takenByFrames(order, count) > 0) return null;
  return `${getProvider(order.provider).label} draws without reference images: the ${count} of the project are not used.`;
}
