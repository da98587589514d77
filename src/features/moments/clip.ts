/** Clips: moments cut out as films of their own, and their stills. */
import type { Clip, Moment, Prisma } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import { ownedThrough } from '../../platform/database/owned.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { visibleVideos } from '../videos/video.ts';
import { clipFiles, thumbnailFiles } from './clip-files.sql.ts';

registerFiles({ type: 'Clip', noun: 'A file of a clip', rows: clipFiles, isOfVideo: true });
registerFiles({ type: 'Video', noun: 'A still', rows: thumbnailFiles, isOfVideo: true });

/** The clips `actor` may see. */
export const visibleClips = ownedThrough('Clip', 'video');

/** The stills `actor` may see: of videos, and of clips. */
export const visibleThumbnails = (actor: Actor): Prisma.ThumbnailWhereInput => ({
  OR: [{ video: visibleVideos(actor) }, { clip: visibleClips(actor) }],
});

/** Seconds by which times differ that are the same to a film. */
const SAME_SECONDS = 0.001;

/** Whether a clip was cut of other times than those that its moment has. Nothing keeps it: it follows from both. */
export const isStale = (
  clip: Pick<Clip, 'startTime' | 'endTime' | 'paddingLeft' | 'paddingRight'>,
  moment: Pick<Moment, 'startTime' | 'endTime'>,
): boolean =>
  Math.abs(clip.startTime + clip.paddingLeft - moment.startTime) > SAME_SECONDS ||
  Math.abs(clip.endTime - clip.paddingRight - moment.endTime) > SAME_SECONDS;
