import { changeEvent } from '../audit/change-event.graphql.ts';
import { MomentNode } from './moment.graphql.ts';
import { visibleMoments } from './moment.ts';

changeEvent({
  subject: 'Moment',
  eventType: 'MOMENT_CHANGED',
  tellsOf: 'a part of a video that is worth posting',
  description: 'A moment was found, changed or deleted.',
  shows: { node: MomentNode, visible: visibleMoments, noun: 'moment' },
});
