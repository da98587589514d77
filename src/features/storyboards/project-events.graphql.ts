import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, Event, liveEvents, tellsOf } from '../audit/event.graphql.ts';
import { afterArg, LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { requireProject } from './require-project.ts';

const ProjectChanged = builder.objectRef<NumberedEntry>('ProjectChanged').implement({
  description: 'A project moved to another status or was edited.',
  interfaces: [LiveEvent, ChangeEvent],
});
tellsOf('Project', ProjectChanged);

builder.subscriptionField('projectEvents', (t) =>
  t.field({
    type: Event,
    description: 'Everything that happens to a project and in it, in order, after a SnapshotMarker.',
    args: { projectId: t.arg.id({ description: 'Id of a Project.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, { projectId, after }, ctx) =>
      liveEvents(ctx, { projectId: await requireProject(ctx, projectId) }, after),
    resolve: (event) => event,
  }),
);
