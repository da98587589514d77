import { setTimeout as delay } from 'node:timers/promises';
import type { AuditSignal } from '../platform/events.ts';
import type { Ctx } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';
import type { Work } from '../platform/pulse.ts';
import { Alarm } from './alarm.ts';
import type { Going } from './task.ts';

/** Longest sleep: something may have come due that another process put off. Milliseconds. */
const LONGEST_SLEEP_MS = 2_000;
/** Default of {@link DueLoopOptions.gatherMs}. */
const GATHER_MS = 50;
const AFTER_FAILURE_MS = 1_000;

export type DueLoopOptions<Claimed> = {
  /** What it does, for the process' pulse. */
  work: Work;
  /** Most that are handled at a time in one process: each mostly waits for somebody else. */
  atOnce: number;
  /** Leases up to so many that are due; nobody else has them until the lease ends. */
  claim: (limit: number) => Promise<readonly Claimed[]>;
  /** Milliseconds until the next is due, by the database's clock; Infinity if none waits. */
  nextDueMs: () => Promise<number>;
  /** Handles one; what it throws is logged, and its lease ends by itself. `signal` is aborted once the loop is closed. */
  handle: (claimed: Claimed, signal: AbortSignal) => Promise<void>;
  /** Whether an event may have made something due; null where events may have been missed. */
  wakeOn: (event: AuditSignal | null) => boolean;
  /** News that follow each other within it are looked at together: a claim costs as much as what it claims. Milliseconds; 50 unless given. */
  gatherMs?: number;
  log: Log;
};

/**
 * Claims and handles what comes due, until it is closed: rows with a time and a lease, and no timer a row. Any number of
 * processes may do it.
 *
 * @returns what ends it; what is on its way is aborted, and handled by somebody else once its lease has ended.
 */
export function dueLoop<Claimed>(
  { events, pulse }: Pick<Ctx, 'events' | 'pulse'>,
  { work, atOnce, claim, nextDueMs, handle, wakeOn, gatherMs = GATHER_MS, log }: DueLoopOptions<Claimed>,
): Going {
  const stop = new AbortController();
  const beat = pulse.begin(work);
  const going = new Set<Promise<void>>();
  const alarm = new Alarm();
  const stopListening = events.listen((event) => {
    if (wakeOn(event)) alarm.ring();
  });

  async function attend(claimed: Claimed): Promise<void> {
    try {
      await handle(claimed, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) log.warn({ err: error, work, claimed }, 'what was due could not be done');
    }
  }

  async function claimSome(): Promise<number> {
    const due = await claim(atOnce - going.size);
    for (const claimed of due) {
      const attended = attend(claimed).finally(() => {
        going.delete(attended);
        alarm.ring();
      });
      going.add(attended);
    }
    return due.length;
  }

  /** @returns milliseconds until it is worth another look. */
  async function look(): Promise<number> {
    const wait = going.size === atOnce ? Infinity : await nextDueMs();
    beat.done();
    return wait <= 0 && (await claimSome()) > 0 ? 0 : Math.max(gatherMs, wait);
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        alarm.reset();
        const wait = await look();
        if (wait === 0) continue;
        if (await alarm.rings(Math.min(LONGEST_SLEEP_MS, wait))) await delay(gatherMs);
      } catch (error) {
        beat.failed();
        if (!stop.signal.aborted) log.warn({ err: error, work }, 'what is due could not be looked for');
        await delay(AFTER_FAILURE_MS, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
  }

  const looping = loop();
  return {
    async close() {
      stop.abort(new Error('The worker is stopping.'));
      stopListening();
      beat.end();
      alarm.ring();
      await looping;
      await Promise.all(going);
    },
  };
}
