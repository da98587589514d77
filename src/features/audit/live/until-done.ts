import { setTimeout as delay } from 'node:timers/promises';
import type { Beat } from '../../../platform/pulse.ts';

const RETRY_MILLISECONDS = 500;
/** A read that takes longer is asked again, on another connection: whoever listens waits 15 s at the most. */
const PATIENCE_MILLISECONDS = 4_000;
const MOST_MILLISECONDS = 64_000;

/** Asks until there is an answer, with more patience each time: what is slow is done in the end. */
export async function untilDone<Result>(beat: Beat, read: () => Promise<Result>): Promise<Result> {
  for (let patience = PATIENCE_MILLISECONDS; ; patience = Math.min(2 * patience, MOST_MILLISECONDS)) {
    const done = new AbortController();
    try {
      const result = await Promise.race([read(), failAfter(patience, done.signal)]);
      beat.done();
      return result;
    } catch {
      beat.failed();
      // Whoever queries meanwhile reports the outage.
      await delay(RETRY_MILLISECONDS, undefined, { ref: false });
    } finally {
      done.abort();
    }
  }
}

async function failAfter(milliseconds: number, signal: AbortSignal): Promise<never> {
  await delay(milliseconds, undefined, { signal, ref: false });
  throw new Error(`The log could not be read in ${milliseconds} ms.`);
}
