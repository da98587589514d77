/** What has events of its own. Empty until the graph is made, whose modules declare them (change-event.graphql.ts). */
import { NODE_TYPES, type NodeType } from '../../../core/ids.ts';

/** What events are told apart by, as webhooks keep it: a word of the enum `EventType` of the graph. */
export type EventType = `${string}_CHANGED`;

type Declared = {
  type: EventType;
  /** Name of the field by which an event shows what it tells of; null if it has none of its own. */
  field: string | null;
};

const declared = new Map<string, Declared>();

/** Makes changes of `subject` known as events of their own, from now on and in this process. */
export const declareEvent = (subject: NodeType, event: Declared): unknown => declared.set(subject, event);

/** Type of the events that tell of `subjectType`. */
export const eventTypeOf = (subjectType: string): EventType =>
  declared.get(subjectType)?.type ?? 'OTHER_CHANGED';

/** What the events that tell of `subjectType` call it: `videoClip`; null where they show nothing of their own. */
export const eventFieldOf = (subjectType: string): string | null => declared.get(subjectType)?.field ?? null;

/** Types of the subjects that events of `types` tell of. */
export const subjectTypesOf = (types: readonly EventType[]): NodeType[] =>
  NODE_TYPES.filter((subjectType) => types.includes(eventTypeOf(subjectType)));
