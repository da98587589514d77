import { initContextCache } from '@pothos/core';
import type { LogFilter } from '../features/audit/log-filter.ts';
import type { NumberedEntry } from '../features/audit/log-tail.ts';
import { readFrom } from '../features/audit/read-log.ts';
import type { ApiContext } from './context.ts';

/** How a part of the log becomes the events of a subscription. */
export type LiveSource<Event> = {
  filter: LogFilter;
  /** Place in the log after which they begin. */
  position: bigint;
  /** Undefined passes an entry over. */
  toEvent: (entry: NumberedEntry) => Event | undefined;
  /** Comes first, and tells where the others begin. */
  marker?: Event;
  /** Whether nothing follows an event; the subscription then completes after it. */
  isLast?: (event: Event) => boolean;
};

/**
 * Events of a subscription, made of the log's entries.
 *
 * Not an async generator: its `return()` would wait behind a pending `next()`, and every client that
 * leaves would leak its reader. Caches of the context are emptied for each event, or relations would
 * stay as the first event saw them.
 */
export function live<Event>(
  context: ApiContext,
  { filter, position, toEvent, marker, isLast = () => false }: LiveSource<Event>,
): AsyncIterableIterator<Event> {
  const entries = readFrom(context, filter, position);
  let first = marker;
  let ended = false;
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    ended = true;
    await entries.return?.();
    return { done: true, value: undefined };
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (first !== undefined) {
        const value = first;
        first = undefined;
        return { done: false, value };
      }
      while (!ended) {
        const { done, value } = await entries.next();
        if (done) break;
        const event = toEvent(value);
        if (event === undefined) continue;
        ended = isLast(event);
        Object.assign(context, initContextCache());
        return { done: false, value: event };
      }
      return end();
    },
    return: end,
  };
}
