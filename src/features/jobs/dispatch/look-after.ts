/** What a worker does for a job: it books what has ended, starts what may, and ends the job when all is done. */
import type { Job } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { findExceededCap } from '../../budget/ledger.sql.ts';
import { jobStates, NOT_STOPPED } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { endJob, isAtItsEnd } from './end-job.ts';
import { hasUnseenRows, leaveOutCancelled, leaveOutNext } from './leave-out.ts';
import { extendLease, findStill, releaseJob, timeNow } from './jobs.sql.ts';
import { settleRows } from './settle-rows.ts';
import { startNextRow } from './start-row.ts';

/** Does for a job what there is to do now. Any number of workers may do it at the same time. */
export async function lookAfter(ctx: Ctx, jobId: string, signal: AbortSignal): Promise<void> {
  const found = await ctx.db.job.findUnique({ where: { id: jobId } });
  if (!found) return;
  const own = { ...ctx, actor: { ...ctx.actor, workspaceId: found.workspaceId } };
  const settled = (await isToSettle(ctx, found))
    ? await recordTogether(ctx.db, (tx) => settle(tx, own, jobId))
    : found;
  const job = hasRowsToLeaveOut(settled) ? await leaveOut(own, jobId) : settled;
  if (await mayStart(own, job)) await startRows(own, job, signal);
  const now = await ctx.db.job.findUnique({ where: { id: jobId } });
  if (now && isAtItsEnd(now))
    await recordTogether(ctx.db, async (tx) => endJob(tx, own.actor, await lockJob(tx, own.actor, jobId)));
  await releaseJob(ctx.db, jobId);
}

const mayStart = async ({ db }: Ctx, { status, waitsUntil }: Job): Promise<boolean> =>
  status === 'RUNNING' && (waitsUntil === null || waitsUntil <= (await timeNow(db)));

/** Half of a lease. Milliseconds. */
const EXTEND_AFTER_MS = 5_000;

/** Starts what may start. Holds the lease meanwhile: by the time that passes here, for its end is by the database's clock. */
async function startRows(ctx: Ctx, job: Job, signal: AbortSignal): Promise<void> {
  let since = performance.now();
  while (!signal.aborted && (await startNextRow(ctx, job))) {
    if (performance.now() - since < EXTEND_AFTER_MS) continue;
    since = performance.now();
    await extendLease(ctx.db, job.id);
  }
}

const hasRowsToLeaveOut = (job: Job): boolean => hasUnseenRows(job) || hasUnstarted(job);

/** A cancelled one, some of whose rows have not been left out yet. */
const hasUnstarted = ({ status, totalRows, processedRows, processingRows }: Job): boolean =>
  status === 'CANCELLED' && totalRows > processedRows + processingRows;

const leaveOut = (ctx: Ctx, jobId: string): Promise<Job> =>
  recordTogether(ctx.db, async (tx) => {
    const job = await lockJob(tx, ctx.actor, jobId);
    if (hasUnstarted(job)) await leaveOutCancelled(tx, ctx.actor, jobId);
    return hasUnseenRows(job) ? leaveOutNext(tx, ctx.actor, job) : job;
  });

/** Looked at without a lock: most looks are for a row to start. */
const isToSettle = async ({ db }: Ctx, { id, status }: Job): Promise<boolean> =>
  status === 'PAUSED' || (await findStill(db, id)).length > 0;

async function settle(tx: Tx, ctx: Ctx, jobId: string): Promise<Job> {
  const locked = await lockJob(tx, ctx.actor, jobId);
  const job = await settleRows(tx, ctx.actor, locked);
  if (job.status !== 'PAUSED' || job.errorCode !== 'BUDGET_EXCEEDED' || job.heldMicroUsd === null) return job;
  if (await isStillHeld(tx, job)) return job;
  const message = 'Resumed: the cap that held it has room again.';
  return jobStates.move(tx, ctx.actor, job, 'RUNNING', { message }, NOT_STOPPED);
}

async function isStillHeld(tx: Tx, { heldScopes, heldMicroUsd }: Job): Promise<boolean> {
  return (await findExceededCap(tx, heldScopes, Number(heldMicroUsd ?? 0n))) !== null;
}
