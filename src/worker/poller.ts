import { claimDueVideoClips, nextDueMs } from '../features/video-clips/due-video-clips.sql.ts';
import { POLL_LEASE_SECONDS, pollVideoClip } from '../features/video-clips/poll-video-clip.ts';
import type { Flows } from '../features/runs/pipeline.ts';
import type { Ctx } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';

/** Polls at a time in one process: each is a short request that mostly waits. */
const POLLS_AT_ONCE = 16;
/** Longest sleep: another process's clips may have come due. Milliseconds. */
const LONGEST_SLEEP_MS = 2_000;
/** Where another worker claims what is due. */
const LEAST_SLEEP_MS = 20;
const AFTER_FAILURE_MS = 1_000;

/**
 * Asks providers about the clips that are due, until it is closed. Holds none of the worker's slots.
 *
 * @returns what ends it; polls on their way are aborted and asked by somebody else within seconds.
 */
export function startPoller(ctx: Ctx, flows: Flows, log: Log): { close(): Promise<void> } {
  const stop = new AbortController();
  const beat = ctx.pulse.begin('polls');
  const going = new Set<Promise<void>>();
  let wake: (() => void) | null = null;
  const stopListening = ctx.events.listen((signal) => {
    if (signal === null || signal.subjectType === 'VideoClip') wake?.();
  });

  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      // Told to stop while it asked what is due: nobody would wake it.
      if (stop.signal.aborted) return resolve();
      const timer = setTimeout(resolve, Math.max(0, milliseconds));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const poll = async (clip: Parameters<typeof pollVideoClip>[2]) => {
    try {
      await pollVideoClip(ctx, flows, clip, stop.signal);
    } catch (error) {
      // Its lease ends by itself, and the next one asks again.
      if (!stop.signal.aborted) log.warn({ err: error, videoClipId: clip.videoClipId }, 'a poll failed');
    }
  };

  async function claim(): Promise<number> {
    const due = await claimDueVideoClips(ctx.db, POLLS_AT_ONCE - going.size, POLL_LEASE_SECONDS);
    for (const clip of due) {
      const polling = poll(clip).finally(() => {
        going.delete(polling);
        wake?.();
      });
      going.add(polling);
    }
    return due.length;
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        // Several at a time: a claim costs as much as a poll.
        const isFull = going.size > POLLS_AT_ONCE / 2;
        const wait = isFull ? Infinity : await nextDueMs(ctx.db);
        beat.done();
        if (wait <= 0 && (await claim()) > 0) continue;
        await sleep(Math.min(LONGEST_SLEEP_MS, Math.max(LEAST_SLEEP_MS, wait)));
      } catch (error) {
        beat.failed();
        if (!stop.signal.aborted) log.warn({ err: error }, 'clips could not be polled');
        await sleep(AFTER_FAILURE_MS);
      }
    }
  }

  const looping = loop();
  return {
    async close() {
      stop.abort(new Error('The worker is stopping.'));
      stopListening();
      beat.end();
      wake?.();
      await looping;
      await Promise.all(going);
    },
  };
}
