import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, Event, liveEvents, tellsOf } from '../audit/event.graphql.ts';
import { afterArg, LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { isProjectsEnd } from '../audit/subject.graphql.ts';
import { requireRun } from './require-run.ts';

const RunChanged = builder.objectRef<NumberedEntry>('RunChanged').implement({
  description: 'A run moved to another status, got further, or has something to say.',
  interfaces: [LiveEvent, ChangeEvent],
});
tellsOf('PipelineRun', RunChanged);

builder.subscriptionField('runEvents', (t) =>
  t.field({
    type: Event,
    description:
      'Everything that a run causes, in order, after a SnapshotMarker; completes once its project is deleted.',
    args: { runId: t.arg.id({ description: 'Id of a PipelineRun.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, args, ctx) => {
      const { id: runId, projectId } = await requireRun(ctx, args.runId);
      const also = { subjectType: 'Project', subjectId: projectId };
      const isTold = (entry: NumberedEntry) => entry.runId === runId || isProjectsEnd(entry);
      return liveEvents(ctx, { runId, also }, args.after, { isTold, isLast: isProjectsEnd });
    },
    resolve: (event) => event,
  }),
);
