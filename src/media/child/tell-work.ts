const EVERY_MS = 10_000;
/** More than a process uses that only waits; far less than one that reads or encodes. */
const WORKING_CPU_SECONDS = 0.03;

/**
 * Calls `tell` now and then, if this process has worked meanwhile, until the answer is called. Measured by its CPU time: one that
 * waits for what never comes has a timer that fires, too.
 */
export function tellWork(tell: () => void, everyMs = EVERY_MS): () => void {
  let seen = cpuSecondsUsed();
  const timer = setInterval(() => {
    const used = cpuSecondsUsed();
    if (used - seen >= WORKING_CPU_SECONDS) tell();
    seen = used;
  }, everyMs).unref();
  return () => clearInterval(timer);
}

/** Of this process, all its threads together. */
export function cpuSecondsUsed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
