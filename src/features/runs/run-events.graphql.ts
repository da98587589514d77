import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, Event, liveEvents, tellsOf } from '../audit/event.graphql.ts';
import { afterArg, LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { requireRun } from './require-run.ts';

const RunChanged = builder.objectRef<NumberedEntry>('RunChanged').implement({
  description: 'A run moved to another status, got further, or has something to say.',
  interfaces: [LiveEvent, ChangeEvent],
});
tellsOf('PipelineRun', RunChanged);

builder.subscriptionField('runEvents', (t) =>
  t.field({
    type: Event,
    description: 'Everything that a run causes, in order, after a SnapshotMarker.',
    args: { runId: t.arg.id({ description: 'Id of a PipelineRun.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, { runId, after }, ctx) =>
      liveEvents(ctx, { runId: await requireRun(ctx, runId) }, after),
    resolve: (event) => event,
  }),
);
