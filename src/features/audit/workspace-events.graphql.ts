import { builder } from '../../graphql/builder.ts';
import { Event, liveEvents } from './event.graphql.ts';
import { EVENT_TYPES, type EventType, subjectTypesOf } from './event-types.ts';
import { afterArg } from './live-event.graphql.ts';

const EventTypeEnum = builder.enumType('EventType', {
  description: 'The events that tell of a change.',
  values: Object.fromEntries(
    Object.entries(EVENT_TYPES).map(([type, description]) => [type, { description }]),
  ) as Record<EventType, { description: string }>,
});

builder.subscriptionField('workspaceEvents', (t) =>
  t.field({
    type: Event,
    description: 'Everything that happens in your workspace, in order, after a SnapshotMarker.',
    args: {
      after: t.arg.string(afterArg),
      types: t.arg({
        type: [EventTypeEnum],
        required: false,
        description: 'Only these, and the marker; all of them without it.',
      }),
    },
    subscribe: (_root, { after, types }, ctx) =>
      liveEvents(ctx, types ? { subjectTypes: subjectTypesOf(types) } : {}, after),
    resolve: (event) => event,
  }),
);
