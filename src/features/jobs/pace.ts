/** How fast the rows of a job follow each other. Pure. */
import type { Job } from '../../generated/prisma/client.ts';

type Counted = Pick<
  Job,
  | 'startedAt'
  | 'completedAt'
  | 'totalRows'
  | 'processedRows'
  | 'processingRows'
  | 'skippedRows'
  | 'invalidRows'
>;

const MINUTE_MS = 60_000;

/** Rows of a job that wait. */
export const pendingOf = ({ totalRows, processedRows, processingRows }: Counted): number =>
  totalRows - processedRows - processingRows;

/** Rows that have ended a minute since the job was confirmed, those aside that were left out; null before the first. */
export function rowsPerMinute(job: Counted, now: Date): number | null {
  const { startedAt, completedAt, processedRows, skippedRows, invalidRows } = job;
  const ended = processedRows - skippedRows - invalidRows;
  if (startedAt === null || ended <= 0) return null;
  const minutes = ((completedAt ?? now).getTime() - startedAt.getTime()) / MINUTE_MS;
  return minutes <= 0 ? null : Math.round((10 * ended) / minutes) / 10;
}

/** Seconds until the last row ends at this pace; 0 once all have, null where nobody knows. */
export function secondsLeft(job: Counted, now: Date): number | null {
  const left = pendingOf(job) + job.processingRows;
  if (left === 0) return 0;
  const pace = rowsPerMinute(job, now);
  return pace === null || pace === 0 ? null : Math.round((60 * left) / pace);
}
