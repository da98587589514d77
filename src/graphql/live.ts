import type { LogFilter } from '../features/audit/log/log-filter.ts';
import type { NumberedEntry } from '../features/audit/log/numbered-entry.ts';

/** Events that tell how something stands, and not what happened: who hears the newest of them has heard all. */
export type Merging = {
  /** Nobody hears more often. */
  everyMilliseconds: number;
  /** Of entries that came together the newest are read; the newest of these is among them, however many followed it. */
  always?: LogFilter;
  /** What is told, in order, of entries that came together: after the last of it nothing is missed. */
  merge: (entries: NumberedEntry[]) => NumberedEntry[];
};

/** How a part of the log becomes the events of a subscription. */
type Source<Event> = {
  filter: LogFilter;
  /** Place in the log after which they begin. */
  position: bigint;
  /** Undefined passes an entry over. */
  toEvent: (entry: NumberedEntry) => Event | undefined;
  /** Comes first, and tells where the others begin. */
  marker?: Event;
  /** Whether nothing follows an event; the subscription then completes after it. */
  isLast?: (event: Event) => boolean;
  /** Whether nothing follows an entry that is passed over; the subscription then completes there. */
  isEnd?: (entry: NumberedEntry) => boolean;
  /** Whether nothing follows `position` either; the subscription then completes at once. */
  isOver?: boolean;
  /** Each entry is an event of its own unless given. */
  merging?: Merging;
};

/**
 * What a `subscribe` resolver answers with: which events its subscriber hears, and from where on.
 *
 * A description and not a stream: the fan-out (src/api/live) reads the log once for all who hear the same.
 */
export class LiveEvents<Event> implements AsyncIterable<Event> {
  readonly filter: LogFilter;
  readonly position: bigint;
  readonly marker: Event | undefined;
  readonly isOver: boolean;
  readonly merging: Merging | undefined;
  /** Whether the subscription completes at an entry that is passed over. */
  readonly isEnd: (entry: NumberedEntry) => boolean;
  /** What an entry is told as, and whether it is the last; undefined if it is passed over. */
  readonly pick: (entry: NumberedEntry) => { event: Event; isLast: boolean } | undefined;

  constructor(source: Source<Event>) {
    const { filter, position, toEvent, marker, merging } = source;
    const { isLast = () => false, isEnd = () => false, isOver = false } = source;
    this.filter = filter;
    this.position = position;
    this.marker = marker;
    this.isOver = isOver;
    this.merging = merging;
    this.isEnd = isEnd;
    this.pick = (entry) => {
      const event = toEvent(entry);
      return event === undefined ? undefined : { event, isLast: isLast(event) };
    };
  }

  [Symbol.asyncIterator](): AsyncIterator<Event> {
    throw new Error('Live events are delivered by the fan-out.');
  }
}
