import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, Event, liveEvents, tellsOf } from '../audit/event.graphql.ts';
import { afterArg, LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { isProjectsEnd } from '../audit/subject.graphql.ts';
import { requireProject } from './require-project.ts';

const ProjectChanged = builder.objectRef<NumberedEntry>('ProjectChanged').implement({
  description: 'A project was created, moved to another status, was edited or deleted.',
  interfaces: [LiveEvent, ChangeEvent],
});
tellsOf('Project', ProjectChanged);

builder.subscriptionField('projectEvents', (t) =>
  t.field({
    type: Event,
    description:
      'Everything that happens to a project and in it, in order, after a SnapshotMarker; completes once it is deleted.',
    args: { projectId: t.arg.id({ description: 'Id of a Project.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, args, ctx) => {
      const projectId = await requireProject(ctx, args.projectId);
      return liveEvents(ctx, { projectId }, args.after, { isLast: isProjectsEnd });
    },
    resolve: (event) => event,
  }),
);
