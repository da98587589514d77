import { builder } from '../../graphql/builder.ts';
import { changeEvent } from '../audit/change-event.graphql.ts';
import { Event, liveEvents } from '../audit/event.graphql.ts';
import { afterArg } from '../audit/live/live-event.graphql.ts';
import { isProjectsEnd } from './projects-end.graphql.ts';
import { projectScope } from './project-runs.ts';
import { requireProject } from './require-project.ts';

changeEvent({
  subject: 'Project',
  eventType: 'PROJECT_CHANGED',
  tellsOf: 'a project',
  description: 'A project was created, moved to another status, was edited or deleted.',
});

builder.subscriptionField('projectEvents', (t) =>
  t.field({
    type: Event,
    description:
      'Everything that happens to a project and in it, in order, after a SnapshotMarker; completes once it is deleted.',
    args: { projectId: t.arg.id({ description: 'Id of a Project.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, args, ctx) => {
      const projectId = await requireProject(ctx, args.projectId);
      return liveEvents(ctx, { scope: projectScope(projectId) }, args.after, { isLast: isProjectsEnd });
    },
    resolve: (event) => event,
  }),
);
