import { claimDueVideoClips, nextDueMs } from '../features/video-clips/due-video-clips.sql.ts';
import { POLL_LEASE_SECONDS, pollVideoClip } from '../features/video-clips/poll-video-clip.ts';
import { dueLoop } from './due-loop.ts';
import type { Task } from './task.ts';

/** Asks providers about the clips that are due. Holds none of the worker's slots. */
export const polls: Task = (ctx, { flows, log }) =>
  dueLoop(ctx, {
    work: 'polls',
    atOnce: 16,
    claim: (limit) => claimDueVideoClips(ctx.db, limit, POLL_LEASE_SECONDS),
    nextDueMs: () => nextDueMs(ctx.db),
    handle: (clip, signal) => pollVideoClip(ctx, flows, clip, signal),
    wakeOn: (event) => event === null || event.subjectType === 'VideoClip',
    log,
  });
