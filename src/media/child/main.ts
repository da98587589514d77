import { flushCompileCache } from 'node:module';
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import { messageOf } from '../../core/outside-text.ts';
import { type ChildFailure, type ChildMessage, RETIRE_AFTER_CPU_SECONDS } from './protocol.ts';
import { cpuSecondsUsed, tellWork } from './tell-work.ts';

/** Tells the parent the share of the work done, 0 to 1. */
export type ReportProgress = (share: number) => void;

/** Takes the job as the parent gave it, so its type is the script's to state: `(job: StitchJob) => ...`. */
type JobHandler = (job: never, progress: ReportProgress) => Promise<unknown>;

/**
 * Serves the one job of this process and ends it; call it once, at the top level of a script that
 * `runInChild` starts. What `handler` returns must survive JSON.
 *
 * The process ends when it has answered, and when the parent is gone, so that no orphan goes on encoding.
 */
export function serveChildJob(handler: JobHandler): void {
  endWithParent();
  process.once('message', (job) => {
    void answer(handler, job, false);
  });
}

/** As `serveChildJob`, but for a script that `WarmChildren` starts: job after job, until one fails or it has worked enough. */
export function serveChildJobs(handler: JobHandler): void {
  endWithParent();
  process.on('message', (job) => {
    void answer(handler, job, cpuSecondsUsed() < RETIRE_AFTER_CPU_SECONDS);
  });
}

/** What is meant for a service as a whole (systemd tells every process of it to stop) is its parent's to act on. */
const PARENTS_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends this process. Not by a normal exit, in which FFmpeg's encoders crash in their destructors, and not by
 * `process.exit`, which waits for ever for a thread that compiles and waits for memory (nodejs/node#54918): of 200
 * pictures drawn on a busy machine, five did so.
 */
function leave(): void {
  flushCompileCache();
  process.kill(process.pid, 'SIGKILL');
}

/** Only the parent ends it: with its channel, or by killing it. */
function endWithParent(): void {
  process.once('disconnect', leave);
  for (const signal of PARENTS_SIGNALS) process.on(signal, () => {});
}

async function answer(handler: JobHandler, job: unknown, stays: boolean) {
  const stopTelling = tellWork(() => process.send?.({ kind: 'working' } satisfies ChildMessage));
  try {
    const result = await handler(job as never, steppedProgress());
    const message: ChildMessage = { kind: 'result', result, stays };
    if (stays) process.send?.(message);
    else sendLast(message);
  } catch (error) {
    sendLast({ kind: 'failure', failure: describeFailure(error) });
  } finally {
    stopTelling();
  }
}

/** Frames come faster than anyone reads: only whole percents are sent, and never backwards. */
function steppedProgress(): ReportProgress {
  let sentPercent = 0;
  return (share) => {
    const percent = Math.floor(Math.min(share, 1) * 100);
    if (percent <= sentPercent) return;
    sentPercent = percent;
    process.send?.({ kind: 'progress', share: percent / 100 });
  };
}

function sendLast(message: ChildMessage) {
  if (!process.send) throw new Error('This script serves runInChild; it cannot be started by hand.');
  process.send(message, leave);
}

function describeFailure(error: unknown): ChildFailure {
  const message = messageOf(error);
  if (error instanceof InvalidInputError) return { code: error.code, message, issues: error.issues };
  return { code: error instanceof DomainError ? error.code : 'MEDIA_FAILED', message, issues: [] };
}
