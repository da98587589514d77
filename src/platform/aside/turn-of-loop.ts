import { setImmediate as nextTurn } from 'node:timers/promises';

let last = Promise.resolve();

/**
 * Resolves in a turn of the event loop that nobody else here is given: what is asked for many times at once is begun
 * one by one, and whoever asks for little comes in between.
 */
export const turnOfLoop = (): Promise<void> => (last = last.then(() => nextTurn()));

const chains = new WeakMap<object, Promise<unknown>>();

/** Does the work that one request asks for many times one after the other, each in a turn of the event loop of its own. */
export function oneByOne<Result>(request: object, work: () => Promise<Result>): Promise<Result> {
  const before = chains.get(request) ?? Promise.resolve();
  const done = before.then(turnOfLoop).then(work);
  chains.set(
    request,
    done.catch(() => {}),
  );
  return done;
}
