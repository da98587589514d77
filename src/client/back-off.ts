const FIRST_MILLISECONDS = 250;
/** Ours: how soon a server that is back is found again. */
const LONGEST_MILLISECONDS = 10_000;

/**
 * Waits before trying again: twice as long each time, by chance up to half of that less, so that clients of a server
 * that was restarted do not all come back at once. Resolves at once when `signal` is aborted.
 *
 * @param tries how often it was tried again before.
 */
export function backOff(tries: number, signal: AbortSignal): Promise<void> {
  const full = Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** Math.min(tries, 10));
  const milliseconds = full * (1 - Math.random() / 2);
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
