import { EXIT } from '../command/exit-codes.ts';

/** Signals closer together than this are one press: a terminal and npm each deliver the same Ctrl-C. */
const SAME_PRESS_MS = 250;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Calls `onFirst` at the first Ctrl-C (or SIGTERM) and leaves the process at the second.
 *
 * @returns a function that gives the signals back.
 */
export function onInterrupt(onFirst: () => void): () => void {
  let firstAt: number | undefined;
  const press = () => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      onFirst();
    } else if (now - firstAt > SAME_PRESS_MS) {
      process.exit(EXIT.cancelled);
    }
  };
  for (const signal of SIGNALS) process.on(signal, press);
  return () => {
    for (const signal of SIGNALS) process.off(signal, press);
  };
}
