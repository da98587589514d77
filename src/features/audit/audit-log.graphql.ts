import { builder } from '../../graphql/builder.ts';
import { AuditEventTypeEnum, AuditLevelEnum, ChangeEvent } from './event.graphql.ts';
import { pageOfEvents } from './events.graphql.ts';
import { LiveEvent } from './live/live-event.graphql.ts';
import { whereAudited } from './log/audit-query.ts';
import type { NumberedEntry } from './log/numbered-entry.ts';

const AuditEntry = builder.objectRef<NumberedEntry>('AuditEntry').implement({
  description:
    'An entry of the log, as it was written: nothing changes it, and only its age removes it. What it tells of may be gone.',
  interfaces: [LiveEvent, ChangeEvent],
});

const AuditEntryConnection = builder.connectionObject(
  {
    type: AuditEntry,
    name: 'AuditEntryConnection',
    description: 'A page of the log, oldest first; `last` without a cursor is the newest.',
  },
  {
    name: 'AuditEntryEdge',
    description: 'An entry and its place in the log, from which subscriptions go on too.',
  },
);

const TimeSpan = builder.inputType('TimeSpan', {
  description: 'A span of time. An end that is left out is open.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', required: false, description: 'What was then, or later.' }),
    to: t.field({
      type: 'DateTime',
      required: false,
      description: 'What was before; not before `from`.',
    }),
  }),
});

const AuditLogFilter = builder.inputType('AuditLogFilter', {
  description: 'Which entries of the log: those that meet all of it. What is left out does not matter.',
  fields: (t) => ({
    subject: t.id({
      required: false,
      description: 'About this object, of any type; of a deleted one too.',
    }),
    within: t.id({
      required: false,
      description:
        'About this object or anything that belongs to it or that it caused: of a project or a run all that happened in it, also once it is deleted.',
    }),
    level: t.field({
      type: AuditLevelEnum,
      required: false,
      description: 'Of this level or above: `WARNING` is warnings and errors, `INFO` is everything.',
    }),
    eventType: t.field({
      type: [AuditEventTypeEnum],
      required: false,
      description: 'Telling any of these kinds of things.',
    }),
    actor: t.string({
      required: false,
      description: 'By whom, exactly as entries tell it: `local`, `worker:<host>:<pid>`.',
    }),
    between: t.field({ type: TimeSpan, required: false, description: 'Of changes that were made then.' }),
  }),
});

builder.queryField('auditLog', (t) =>
  t.connection(
    {
      type: AuditEntry,
      description:
        "Your workspace's log, oldest first: every change, call to a provider and failure, with who did it, also of what is deleted.",
      args: {
        filter: t.arg({
          type: AuditLogFilter,
          required: false,
          description: 'Which entries; all unless given.',
        }),
      },
      resolve: async (_root, args, ctx, info) =>
        pageOfEvents(ctx, info, args, await whereAudited(ctx, args.filter ?? {})),
    },
    AuditEntryConnection,
  ),
);
