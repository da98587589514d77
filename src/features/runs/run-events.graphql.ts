import { builder } from '../../graphql/builder.ts';
import { changeEvent } from '../audit/change-event.graphql.ts';
import { Event, liveEvents } from '../audit/event.graphql.ts';
import { afterArg } from '../audit/live/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/log/numbered-entry.ts';
import { isEndOf } from '../audit/subject.graphql.ts';
import { requireRun } from './require-run.ts';
import { runScope, subjectOf } from './run-subject.ts';

changeEvent({
  subject: 'PipelineRun',
  eventType: 'RUN_CHANGED',
  tellsOf: 'a run, its progress too',
  description: 'A run moved to another status, got further, or has something to say.',
});

builder.subscriptionField('runEvents', (t) =>
  t.field({
    type: Event,
    description:
      'Everything that a run causes, in order, after a SnapshotMarker; completes once what it works on is deleted.',
    args: { runId: t.arg.id({ description: 'Id of a PipelineRun.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, args, ctx) => {
      const run = await requireRun(ctx, args.runId);
      const { type: subjectType, id: subjectId } = subjectOf(run);
      const scope = runScope(run.id);
      const isLast = isEndOf({ subjectType, subjectId });
      const isTold = (entry: NumberedEntry) => entry.scopes.includes(scope) || isLast(entry);
      return liveEvents(ctx, { scope, also: { subjectType, subjectId } }, args.after, {
        isTold,
        isLast,
      });
    },
    resolve: (event) => event,
  }),
);
