import type { Log } from '../platform/log.ts';
import type { Pulse } from '../platform/pulse.ts';

const LOOK_MILLISECONDS = 10_000;
/** A process that was stopped for a while looks dead to itself at first. */
const LOOKS = 3;

/**
 * Ends the process with 1 once it cannot come back to work by itself: whoever runs it starts another, which takes over
 * its steps. For a worker, which has no port to be asked at.
 *
 * @returns a function that ends the watch.
 */
export function leaveBeyondRecovery(pulse: Pulse, log: Log, leave = () => process.exit(1)): () => void {
  let looks = 0;
  const timer = setInterval(() => {
    const reason = pulse.beyondRecovery();
    looks = reason === null ? 0 : looks + 1;
    if (looks < LOOKS) return;
    log.fatal({ reason }, 'This process cannot go on; it leaves for another one to be started.');
    leave();
  }, LOOK_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
}
