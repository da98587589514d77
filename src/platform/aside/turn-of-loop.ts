import { setImmediate as nextTurn } from 'node:timers/promises';

let last = Promise.resolve();

/**
 * Resolves in a turn of the event loop that nobody else here is given: what one request asks for many times at once
 * is begun one by one, and whoever asks for little comes in between.
 */
export const turnOfLoop = (): Promise<void> => (last = last.then(() => nextTurn()));
