import type { NodeType } from '../../core/ids.ts';
import type PrismaTypes from '../../generated/pothos.ts';
import { builder, type ModelNode } from '../../graphql/builder.ts';
import type { Actor } from '../../platform/context.ts';
import type { WhereOf } from '../../platform/database/any-model.ts';
import { ChangeEvent, registerEvent } from './event.graphql.ts';
import { declareEvent, type EventType } from './log/event-types.ts';
import { LiveEvent } from './live/live-event.graphql.ts';
import type { NumberedEntry } from './log/numbered-entry.ts';
import { readNow } from './live/read-now.ts';

type Subject = NodeType & keyof PrismaTypes;

type Declaration<Type extends Subject> = {
  /** What its entries in the log are about. */
  subject: Type;
  /** The event `VideoClipChanged` has the type `VIDEO_CLIP_CHANGED`. */
  eventType: EventType;
  /** What it tells of, as in `a finished film`. */
  tellsOf: string;
  description: string;
  /** What changed, in a field of its own: it is there as it is now, null once it is deleted. */
  shows?: {
    /** Its type in the graph. */
    node: ModelNode<Type>;
    /** The rows an actor may see. */
    visible: (actor: Actor) => WhereOf<Type>;
    /** What it is called, as in `film`. */
    noun: string;
  };
};

/**
 * Gives changes of a subject an event of its own: a type of the graph in the union of events, with its word in the enum
 * `EventType`, by which subscriptions and webhooks ask for it. Before, they were told as `OtherChanged`.
 */
export function changeEvent<Type extends Subject>(declaration: Declaration<Type>): void {
  const { subject, eventType, description, shows } = declaration;
  const name = nameOf(eventType);
  const field = subject.charAt(0).toLowerCase() + subject.slice(1);
  const event = builder.objectRef<NumberedEntry>(name).implement({
    description,
    interfaces: [LiveEvent, ChangeEvent],
    fields: (t) =>
      shows
        ? {
            [field]: t.prismaField({
              type: shows.node,
              nullable: true,
              description: `The ${shows.noun} as it is now; null once it is deleted.`,
              // Rows of the node's model, for both go by `subject`: the plugin's types only see it once that is given.
              resolve: readNow(subject, shows.visible) as never,
            }),
          }
        : {},
  });
  declareEvent(subject, { type: eventType, field: shows ? field : null });
  registerEvent(subject, event, { [eventType]: { description: `${name}: ${declaration.tellsOf}.` } });
}

/** `VIDEO_CLIP_CHANGED` is `VideoClipChanged`. */
const nameOf = (eventType: EventType): string =>
  eventType.toLowerCase().replaceAll(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
