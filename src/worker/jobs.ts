import { claimDueJobs, nextJobDueMs } from '../features/jobs/dispatch/jobs.sql.ts';
import { lookAfter } from '../features/jobs/dispatch/look-after.ts';
import { dueLoop } from './due-loop.ts';
import type { Task } from './task.ts';

/** Every step of every run is news; what a row waits for takes minutes. Ours. */
const GATHER_MS = 200;

/** Starts the rows of jobs, and books what became of them. Holds none of the worker's slots. */
export const jobs: Task = (ctx, { log }) =>
  dueLoop(ctx, {
    work: 'jobs',
    atOnce: 4,
    claim: (limit) => claimDueJobs(ctx.db, limit),
    nextDueMs: () => nextJobDueMs(ctx.db),
    handle: ({ id }, signal) => lookAfter(ctx, id, signal),
    wakeOn: (event) => event === null || WAKING.has(event.subjectType),
    gatherMs: GATHER_MS,
    log,
  });

/** What may let a row start, or end one. */
const WAKING = new Set(['Job', 'JobRow', 'PipelineRun', 'Workspace']);
