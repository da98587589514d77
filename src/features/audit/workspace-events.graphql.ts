import { builder } from '../../graphql/builder.ts';
import { Event, EventTypeEnum, liveEvents } from './event.graphql.ts';
import { subjectTypesOf } from './log/event-types.ts';
import { afterArg } from './live/live-event.graphql.ts';

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
