import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, Event, liveEvents, tellsOf } from '../audit/event.graphql.ts';
import { afterArg, LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { readOnce } from '../audit/read-once.ts';
import { requireRun } from './require-run.ts';
import { PipelineRunNode } from './run.graphql.ts';
import { visibleRuns } from './run.ts';

const RunChanged = builder.objectRef<NumberedEntry>('RunChanged').implement({
  description: 'A run moved to another status, got further, or has something to say.',
  interfaces: [LiveEvent, ChangeEvent],
  fields: (t) => ({
    run: t.prismaField({
      type: PipelineRunNode,
      nullable: true,
      description: 'The run as it is now; null once it is deleted.',
      resolve: (query, entry, _args, { db, actor }) =>
        readOnce(entry, { ...query, where: { id: entry.subjectId, AND: [visibleRuns(actor)] } }, (args) =>
          db.pipelineRun.findUnique(args),
        ),
    }),
  }),
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
