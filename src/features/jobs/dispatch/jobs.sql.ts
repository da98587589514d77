/** Which jobs there is something to do for; in SQL for one look at all of them, and SKIP LOCKED. */
import { PAST_ALL_ROWS } from '../job-states.ts';
import { Prisma, type PrismaClient } from '../../../generated/prisma/client.ts';

type Queries = Pick<PrismaClient, '$queryRaw'>;

/** Seconds for which a worker looks after a job alone; ours: starting a row takes less, and begins it anew. */
const LEASE_SECONDS = 10;

/**
 * A run that stands still: gone, ended, or held by a cap. One that a person paused goes on when that person says so.
 */
const STANDS_STILL = Prisma.sql`(p.id IS NULL OR p.status NOT IN ('QUEUED', 'RUNNING', 'PAUSED')
  OR (p.status = 'PAUSED' AND p.error_code = 'BUDGET_EXCEEDED'))`;

/**
 * Rows that could start, a place for one, and nothing that it waits for; rows that may have to be left out; all rows ended; a row
 * whose run stands still; a cap that has room again.
 */
const DUE = Prisma.sql`due.status IN ('RUNNING', 'PAUSED', 'CANCELLED') AND (
  (due.status = 'RUNNING' AND due.processing_rows < due.concurrency
    AND coalesce(due.waits_until, '-infinity') <= now()
    AND due.total_rows > due.processed_rows + due.processing_rows)
  OR (due.status = 'RUNNING' AND due.left_out_to < ${PAST_ALL_ROWS})
  OR (due.status = 'CANCELLED' AND due.total_rows > due.processed_rows + due.processing_rows)
  OR (due.status = 'RUNNING' AND due.total_rows = due.processed_rows)
  OR (due.status = 'PAUSED' AND due.error_code = 'BUDGET_EXCEEDED' AND NOT EXISTS (
    SELECT FROM exceeded_cap(due.held_scopes, (now() AT TIME ZONE 'UTC')::date, due.held_micro_usd) e
    WHERE e.cap IS NOT NULL))
  OR (due.processing_rows > 0 AND EXISTS (
    SELECT FROM job_rows r LEFT JOIN pipeline_runs p ON p.id = r.run_id
    WHERE r.job_id = due.id AND r.status = 'PROCESSING' AND ${STANDS_STILL})))`;

/** Leases up to `limit` jobs that are due and that nobody looks after. */
export const claimDueJobs = (db: Queries, limit: number): Promise<{ id: string }[]> =>
  db.$queryRaw`
    UPDATE jobs j SET leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
    FROM (
      SELECT id FROM jobs due
      WHERE coalesce(due.leased_until, '-infinity') <= now() AND ${DUE}
      ORDER BY due.leased_until NULLS FIRST LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) claimed
    WHERE j.id = claimed.id RETURNING j.id`;

/** What time it is by the database's clock: that of a worker is not the next one's, and by the database's a job is due. */
export async function timeNow(db: Queries): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return row!.now;
}

/** Gives a lease back. */
export const releaseJob = (db: Pick<PrismaClient, '$executeRaw'>, jobId: string): Promise<unknown> =>
  db.$executeRaw`UPDATE jobs SET leased_until = NULL WHERE id = ${jobId}::uuid`;

/** Holds the lease for some seconds more. */
export const extendLease = (db: Pick<PrismaClient, '$executeRaw'>, jobId: string): Promise<unknown> =>
  db.$executeRaw`
    UPDATE jobs SET leased_until = now() + ${LEASE_SECONDS} * interval '1 second' WHERE id = ${jobId}::uuid`;

/** Milliseconds until there is something to do for a job that nobody looks after, by the database's clock; Infinity if there is not. */
export async function nextJobDueMs(db: Queries): Promise<number> {
  const [row] = await db.$queryRaw<{ ms: number | null }[]>`
    SELECT (1000 * extract(epoch FROM min(coalesce(due.leased_until, now())) - now()))::float8 AS ms
    FROM jobs due WHERE ${DUE}`;
  return row?.ms ?? Infinity;
}

/** Rows of a job whose run stands still, with what is known of it; in order. */
export const findStill = (db: Queries, jobId: string): Promise<{ id: string }[]> =>
  db.$queryRaw`
    SELECT r.id FROM job_rows r LEFT JOIN pipeline_runs p ON p.id = r.run_id
    WHERE r.job_id = ${jobId}::uuid AND r.status = 'PROCESSING' AND ${STANDS_STILL} ORDER BY r.row_number`;

/** What rows without a result failed of, the commonest first. */
export const countErrors = (db: Queries, jobId: string): Promise<{ code: string; rows: number }[]> =>
  db.$queryRaw`
    SELECT coalesce(error_code, 'INTERNAL') AS code, count(*)::int AS rows FROM job_rows
    WHERE job_id = ${jobId}::uuid AND status IN ('FAILED', 'NEEDS_REVIEW') GROUP BY 1 ORDER BY 2 DESC, 1`;
