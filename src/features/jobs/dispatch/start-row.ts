import { DomainError } from '../../../core/errors.ts';
import type { Job, JobRow } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { holdsForAll } from '../../../providers/provider-error.ts';
import { recordTogether } from '../../audit/log/audit.ts';
import { type Cap, setCap } from '../../budget/cap.ts';
import { isWorking } from '../../runs/run-state.ts';
import { rowStates } from '../job-states.ts';
import { lockJob } from '../job.sql.ts';
import { jobScope, rowScope } from '../job.ts';
import type { RowInput, Start } from '../kinds/kind.ts';
import { rulesOf } from '../kinds/kinds.ts';
import { pauseFor } from './settle-rows.ts';
import { putOff, waitNoMore } from './wait.ts';

/**
 * Starts the next row of a job that waits, if the job is at work and has a place for it: row, project, run and first job
 * are one transaction, so that no row starts twice. A row that cannot start fails; what would refuse every row pauses the
 * job, and what may pass puts its next start off: the row is as it was.
 *
 * @returns whether the job may have a place for another one.
 */
export async function startNextRow(ctx: Ctx, { id: jobId, kind, leftOutTo }: Job): Promise<boolean> {
  const next = await ctx.db.jobRow.findFirst({
    where: { jobId, status: 'PENDING', rowNumber: { lte: leftOutTo } },
    orderBy: { rowNumber: 'asc' },
  });
  if (!next) return false;
  try {
    const start = next.projectId === null ? await rulesOf(kind).prepare(ctx, next.input as RowInput) : null;
    return await recordTogether(ctx.db, (tx) => startWithin(tx, ctx, next, start));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const answer = MAY_PASS.has(error.code) ? tryLater : refuse;
    return recordTogether(ctx.db, (tx) => answer(tx, ctx, next, error));
  }
}

/** Failures that say nothing of the row. */
const MAY_PASS = new Set(['OVERLOADED', 'PROVIDER_UNAVAILABLE', 'PROVIDER_QUOTA', 'INTERNAL']);
/** What no row can start without, besides what providers refuse. */
const FOR_ALL = new Set(['INSUFFICIENT_DISK', 'PROVIDER_NOT_CONFIGURED', 'SECRET_KEY_MISSING']);

async function startWithin(tx: Tx, ctx: Ctx, next: JobRow, start: Start | null): Promise<boolean> {
  const { job, row } = await lockRow(tx, ctx, next);
  if (!row || job.status !== 'RUNNING' || job.processingRows >= job.concurrency) return false;
  // Retried meanwhile with other words: it is prepared anew.
  if ((row.projectId === null) !== (start !== null)) return true;
  const hasPlaces = job.processingRows + 1 < job.concurrency;
  await waitNoMore(tx, ctx.actor, job);
  const scopes = [rowScope(row.id), jobScope(job.id)];
  const cap = capOf(row) ?? job.maxRowCostCents;
  // One that was lifted since the row began.
  if (cap !== null || row.attempt > 0) await setCap(tx, job.workspaceId, rowScope(row.id), cap);
  const startedAt = row.startedAt ?? new Date();
  const begun = { attempt: row.attempt + 1, startedAt, errorCode: null, errorMessage: null, hasGaps: false };
  if (row.projectId !== null) {
    const launch = { input: row.input as RowInput, scopes };
    const run = await rulesOf(job.kind).goOn(tx, ctx, row.projectId, launch);
    const told = run === null || !isWorking(run) ? 'goes on from what there is.' : 'goes on.';
    await rowStates.move(
      tx,
      ctx.actor,
      row,
      'PROCESSING',
      { message: told },
      { ...begun, ...(run && { runId: run.id }) },
    );
    return hasPlaces;
  }
  const { run, projectId } = await start!(tx, ctx, scopes);
  await rowStates.move(
    tx,
    ctx.actor,
    row,
    'PROCESSING',
    { message: 'started.' },
    { ...begun, projectId, runId: run.id },
  );
  return hasPlaces;
}

/** The cap that the row has of its own, in cents. */
function capOf({ input }: JobRow): Cap {
  const { maxCostCents } = input as RowInput;
  return typeof maxCostCents === 'number' ? maxCostCents : null;
}

/** The job is held until `tx` ends; no row if it does not wait any more. */
async function lockRow(tx: Tx, ctx: Ctx, { id, jobId }: JobRow): Promise<{ job: Job; row: JobRow | null }> {
  const job = await lockJob(tx, ctx.actor, jobId);
  return { job, row: await tx.jobRow.findFirst({ where: { id, status: 'PENDING' } }) };
}

async function tryLater(tx: Tx, ctx: Ctx, { jobId }: JobRow, error: DomainError): Promise<boolean> {
  const job = await lockJob(tx, ctx.actor, jobId);
  if (job.status === 'RUNNING') await putOff(tx, ctx.actor, job, error);
  return false;
}

async function refuse(tx: Tx, ctx: Ctx, next: JobRow, error: DomainError): Promise<boolean> {
  const { job, row } = await lockRow(tx, ctx, next);
  if (!row || job.status !== 'RUNNING') return false;
  const { code: errorCode, message: errorMessage } = error;
  if (holdsForAll(errorCode) || FOR_ALL.has(errorCode)) {
    await pauseFor(tx, ctx.actor, job, { errorCode, errorMessage });
    return false;
  }
  const data = { errorCode, errorMessage, completedAt: new Date(), durationSeconds: 0 };
  await rowStates.move(tx, ctx.actor, row, 'FAILED', { message: errorMessage }, data);
  return true;
}
