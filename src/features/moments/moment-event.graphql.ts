import { changeEvent } from '../audit/change-event.graphql.ts';
import { ClipNode, ThumbnailNode } from './clip.graphql.ts';
import { visibleClips, visibleThumbnails } from './clip.ts';
import { MomentNode } from './moment.graphql.ts';
import { visibleMoments } from './moment.ts';

changeEvent({
  subject: 'Moment',
  eventType: 'MOMENT_CHANGED',
  tellsOf: 'a part of a video that is worth posting',
  description: 'A moment was found, made, changed, thrown out, kept or deleted.',
  shows: { node: MomentNode, visible: visibleMoments, noun: 'moment' },
});
changeEvent({
  subject: 'Clip',
  eventType: 'CLIP_CHANGED',
  tellsOf: 'a moment that is cut out',
  description: 'A clip was cut or deleted.',
  shows: { node: ClipNode, visible: visibleClips, noun: 'clip' },
});
changeEvent({
  subject: 'Thumbnail',
  eventType: 'THUMBNAIL_CHANGED',
  tellsOf: 'the still of a video or of a clip',
  description: 'A still was made, replaced or deleted.',
  shows: { node: ThumbnailNode, visible: visibleThumbnails, noun: 'still' },
});
