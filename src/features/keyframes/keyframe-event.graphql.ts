import { changeEvent } from '../audit/change-event.graphql.ts';
import { KeyframeNode } from './keyframe.graphql.ts';
import { visibleKeyframes } from './keyframe.ts';

changeEvent({
  subject: 'Keyframe',
  eventType: 'KEYFRAME_CHANGED',
  tellsOf: 'a keyframe',
  description: 'A keyframe was made, or does not count any more.',
  shows: { node: KeyframeNode, visible: visibleKeyframes, noun: 'keyframe' },
});
