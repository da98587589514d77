import { builder } from '../../graphql/builder.ts';
import { live } from '../../graphql/live.ts';
import { AuditEventTypeEnum, AuditLevelEnum, subjectId } from '../audit/audit-log.graphql.ts';
import { afterArg, LiveEvent } from '../audit/live-event.graphql.ts';
import { followLog, type NumberedEntry } from '../audit/read-log.ts';
import { requireProject } from './require-project.ts';

const ProjectEvent = builder.objectRef<NumberedEntry>('ProjectEvent').implement({
  description: 'Anything that happened to a project or to what is in it.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    version: t.exposeInt('version', {
      nullable: true,
      description: 'Version of the subject after it, where it keeps one.',
    }),
    level: t.expose('level', { type: AuditLevelEnum, description: 'How much it matters.' }),
    eventType: t.expose('eventType', {
      type: AuditEventTypeEnum,
      description: 'What kind of thing it tells.',
    }),
    message: t.exposeString('message', { description: 'One line for a person.' }),
    details: t.expose('details', { type: 'JSON', description: 'Facts for a program.' }),
    subjectType: t.exposeString('subjectType', { description: 'GraphQL type of what it happened to.' }),
    subject: t.node({
      description: 'What it happened to, as it is now; null once that is deleted.',
      id: subjectId,
    }),
  }),
});

builder.subscriptionField('projectEvents', (t) =>
  t.field({
    type: ProjectEvent,
    description: 'Everything the log tells of a project, in order.',
    args: { projectId: t.arg.id({ description: 'Id of a Project.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, args, ctx) => {
      const projectId = await requireProject(ctx, args.projectId);
      const entries = await followLog(ctx, { projectId }, args.after ?? null);
      return live(ctx, entries, { toEvent: (entry) => entry });
    },
    resolve: (event) => event,
  }),
);
