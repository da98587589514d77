import { initContextCache } from '@pothos/core';

/** How entries of a source become events. */
type Mapping<Entry, Event> = {
  /** Undefined passes an entry over. */
  toEvent: (entry: Entry) => Event | undefined;
  /** Whether nothing follows an event; the subscription then completes after it. */
  isLast?: (event: Event) => boolean;
};

/**
 * Events of a subscription, made of a source's entries.
 *
 * Not an async generator: its `return()` would wait behind a pending `next()`, and every client that
 * leaves would leak its source. Caches of the context are emptied for each event, or relations would
 * stay as the first event saw them.
 */
export function live<Entry, Event>(
  context: object,
  source: AsyncIterator<Entry>,
  { toEvent, isLast = () => false }: Mapping<Entry, Event>,
): AsyncIterableIterator<Event> {
  let ended = false;
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    ended = true;
    await source.return?.();
    return { done: true, value: undefined };
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (!ended) {
        const { done, value } = await source.next();
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
