import type { NodeType } from '../../core/ids.ts';
import { AuditEventType, AuditLevel } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { LiveEvents } from '../../graphql/live.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import type { EventType } from './log/event-types.ts';
import { LiveEvent, type Placed } from './live/live-event.graphql.ts';
import type { LogFilter } from './log/log-filter.ts';
import type { NumberedEntry } from './log/numbered-entry.ts';
import { positionOf } from './live/read-log.ts';
import { moveOf, subjectId, SubjectStatusEnum, SubjectTypeEnum } from './subject.graphql.ts';

/** How much an entry matters. */
export const AuditLevelEnum = prismaEnum('AuditLevel', AuditLevel);
/** What kind of thing an entry tells. */
export const AuditEventTypeEnum = prismaEnum('AuditEventType', AuditEventType);

/** Words of the enum. */
type Words = Record<EventType, { description: string }>;

/** Those so far: each event adds its own as it is declared. */
const words: Words = { OTHER_CHANGED: { description: 'OtherChanged: anything else.' } };

export const EventTypeEnum = builder.enumType('EventType', {
  description:
    'What events are told apart by: the type of what changed. Subscriptions and webhooks ask for events by it.',
  values: words,
});

/** What every event has that tells of a change; higher features add what is theirs of its scopes, and the changed object. */
export const ChangeEvent = builder.interfaceRef<NumberedEntry>('ChangeEvent').implement({
  description:
    'A change, as the log tells it: in lists of events, in subscriptions and in what webhooks are sent.',
  interfaces: [LiveEvent],
  resolveType: ({ subjectType }) => changeOf(subjectType),
  fields: (t) => ({
    level: t.expose('level', { type: AuditLevelEnum, description: 'How much it matters.' }),
    eventType: t.expose('eventType', {
      type: AuditEventTypeEnum,
      description: 'What kind of thing it tells.',
    }),
    actor: t.exposeString('actor', {
      description: 'Who acted: `local` for the person at this machine, `worker:<host>:<pid>` for the engine.',
    }),
    message: t.exposeString('message', { description: 'One line for a person.' }),
    status: t.field({
      type: SubjectStatusEnum,
      nullable: true,
      description: 'Status it moved to, as in `VIDEO_DONE`; null if it did not move, or is deleted.',
      resolve: (entry) => moveOf(entry).to,
    }),
    previousStatus: t.field({
      type: SubjectStatusEnum,
      nullable: true,
      description: 'Status it had before; null if it did not move, or is new.',
      resolve: (entry) => moveOf(entry).from,
    }),
    details: t.expose('details', {
      type: 'JSON',
      description: 'Facts for a program; secrets redacted at any depth.',
    }),
    subjectType: t.field({
      type: SubjectTypeEnum,
      description: 'Type of what changed.',
      resolve: ({ subjectType }) => subjectType as NodeType,
    }),
    subjectId: t.id({
      description: 'Id of what changed; it tells of what is deleted too.',
      resolve: subjectId,
    }),
    subject: t.node({ description: 'What changed, as it is now; null once it is deleted.', id: subjectId }),
  }),
});

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

/** Makes `event` the one that tells of changes of `subjectType`, asked for by a word of its own. For `changeEvent` alone. */
export function registerEvent(subjectType: NodeType, event: typeof OtherChanged, word: Words): void {
  changes.set(subjectType, event);
  Object.assign(words, word);
  EventTypeEnum.updateConfig((config) => ({ ...config, values: { ...words } }));
}

/** Name of the event that tells of changes of `subjectType`. */
const changeOf = (subjectType: string): string => (changes.get(subjectType) ?? OtherChanged).name;

/** An entry of the log, or the marker. */
type AnyEvent = Placed | NumberedEntry;

export const Event = builder.unionType('Event', {
  description: 'What a subscription to the log hears and a webhook is sent; every member is a LiveEvent.',
  types: () => [SnapshotMarker, OtherChanged, ...changes.values()],
  resolveType: (event: AnyEvent) => ('subjectType' in event ? changeOf(event.subjectType) : SnapshotMarker),
});

/** Which entries are told, all unless given; and which of them is the last. */
type Telling = Partial<Record<'isTold' | 'isLast', (entry: NumberedEntry) => boolean>>;

/** The events of what meets `filter`, a marker first; they complete after one that `isLast`. */
export async function liveEvents(
  ctx: ApiContext,
  filter: LogFilter,
  after: string | null | undefined,
  { isTold = () => true, isLast = () => false }: Telling = {},
) {
  const position = await positionOf(ctx, ctx.lastEventId ?? after ?? null);
  return new LiveEvents<AnyEvent>({
    filter,
    position,
    // A browser's reconnection is no new beginning.
    ...(ctx.lastEventId === null && { marker: { sequence: position, time: new Date(), version: null } }),
    toEvent: (entry) => (isTold(entry) ? entry : undefined),
    isLast: (event) => 'subjectType' in event && isLast(event),
  });
}
