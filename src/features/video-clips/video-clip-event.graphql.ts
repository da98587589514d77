import { changeEvent } from '../audit/change-event.graphql.ts';
import { VideoClipNode } from './video-clip.graphql.ts';
import { visibleVideoClips } from './video-clip.ts';

changeEvent({
  subject: 'VideoClip',
  eventType: 'VIDEO_CLIP_CHANGED',
  tellsOf: 'a clip',
  description: 'A clip was planned, moved to another status, or does not count any more.',
  shows: { node: VideoClipNode, visible: visibleVideoClips, noun: 'clip' },
});
