import { setImmediate as nextRound } from 'node:timers/promises';

let last: Promise<void> = Promise.resolve();

/**
 * Resolves in a round of the event loop of its own: of those who await it before some milliseconds of pure work, one
 * works at a time, and between two of them everybody else is served.
 */
export function breathe(): Promise<void> {
  last = last.then(() => nextRound());
  return last;
}
