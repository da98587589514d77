import type { NodeType } from '../../core/ids.ts';
import { EventType } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { LiveEvents } from '../../graphql/live.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { AuditEventTypeEnum, AuditLevelEnum, subjectId } from './audit-log.graphql.ts';
import { LiveEvent, type Placed, type StatusChange, toStatusChange } from './live-event.graphql.ts';
import type { LogFilter } from './log-filter.ts';
import type { NumberedEntry } from './numbered-entry.ts';
import { positionOf } from './read-log.ts';

export const EventTypeEnum = prismaEnum('EventType', EventType);

/** What every event has that tells of a change; features add the changed object. */
export const ChangeEvent = builder.interfaceRef<NumberedEntry>('ChangeEvent').implement({
  description: 'A change, as the log tells it.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    level: t.expose('level', { type: AuditLevelEnum, description: 'How much it matters.' }),
    eventType: t.expose('eventType', {
      type: AuditEventTypeEnum,
      description: 'What kind of thing it tells.',
    }),
    actor: t.exposeString('actor', { description: 'Who acted.' }),
    message: t.exposeString('message', { description: 'One line for a person.' }),
    status: t.string({
      nullable: true,
      description: 'Status it moved to, as in `VIDEO_DONE`; null if it moved to none.',
      resolve: (entry) => moveOf(entry)?.status ?? null,
    }),
    previousStatus: t.string({
      nullable: true,
      description: 'Status it had before; null if it did not move, or is new.',
      resolve: (entry) => moveOf(entry)?.previousStatus ?? null,
    }),
    details: t.expose('details', { type: 'JSON', description: 'Facts for a program.' }),
    subjectType: t.exposeString('subjectType', { description: 'GraphQL type of what changed.' }),
    subject: t.node({ description: 'What changed, as it is now; null once it is deleted.', id: subjectId }),
  }),
});

/** The move to another status that an entry tells of; progress within one is none. */
function moveOf(entry: NumberedEntry): StatusChange<string> | null {
  const change = toStatusChange<string>(entry);
  return change && change.status !== change.previousStatus ? change : null;
}

const SnapshotMarker = builder.objectRef<Placed>('SnapshotMarker').implement({
  description:
    'The first event: those that follow come after its cursor. Query once it is there, and nothing is missed or told twice.',
  interfaces: [LiveEvent],
});

const OtherChanged = builder.objectRef<NumberedEntry>('OtherChanged').implement({
  description: 'A change of something that has no event of its own; `subject` is what changed.',
  interfaces: [LiveEvent, ChangeEvent],
});

/** The event of each type of subject that has one of its own. */
const changes = new Map<string, typeof OtherChanged>();

/** Makes `event` the one that tells of changes of `subjectType`. */
export function tellsOf(subjectType: NodeType, event: typeof OtherChanged): void {
  changes.set(subjectType, event);
}

/** An entry of the log, or the marker. */
type AnyEvent = Placed | NumberedEntry;

export const Event = builder.unionType('Event', {
  description: 'What a subscription to the log hears and a webhook is sent; every member is a LiveEvent.',
  types: () => [SnapshotMarker, OtherChanged, ...changes.values()],
  resolveType: (event: AnyEvent) =>
    'subjectType' in event ? (changes.get(event.subjectType) ?? OtherChanged) : SnapshotMarker,
});

/** The events of what meets `filter`, a marker first. */
export async function liveEvents(ctx: ApiContext, filter: LogFilter, after: string | null | undefined) {
  const position = await positionOf(ctx, ctx.lastEventId ?? after ?? null);
  return new LiveEvents<AnyEvent>({
    filter,
    position,
    // A browser's reconnection is no new beginning.
    ...(ctx.lastEventId === null && { marker: { sequence: position, time: new Date(), version: null } }),
    toEvent: (entry) => entry,
  });
}
