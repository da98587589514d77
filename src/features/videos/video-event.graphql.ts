import { changeEvent } from '../audit/change-event.graphql.ts';
import { VideoNode } from './video.graphql.ts';
import { visibleVideos } from './video.ts';

changeEvent({
  subject: 'Video',
  eventType: 'VIDEO_CHANGED',
  tellsOf: 'a finished film',
  description: 'A film was finished or deleted.',
  shows: { node: VideoNode, visible: visibleVideos, noun: 'film' },
});
