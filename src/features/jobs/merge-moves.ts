/** What is told of moves of a job and its rows that came together. Pure. */
import { z } from 'zod';
import { JobStatus } from '../../generated/prisma/client.ts';
import type { NumberedEntry } from '../audit/log/numbered-entry.ts';

const moved = z.object({ to: z.enum(JobStatus).nullable() });

/** Statuses in which nothing more happens to a job by itself; null once it is deleted. */
export const ENDED: readonly (JobStatus | null)[] = ['COMPLETED', 'FAILED', 'CANCELLED', null];

type Move = Pick<NumberedEntry, 'subjectType' | 'details'>;

/** Whether an entry tells of a job that has ended. */
export function isEnd({ subjectType, details }: Move): boolean {
  if (subjectType !== 'Job') return false;
  const { data } = moved.safeParse(details);
  return data !== undefined && ENDED.includes(data.to);
}

/**
 * The last of them, which shows what all have come to; before it the last row that has no result, for whoever wants to see
 * what goes wrong while it does. Rows that move after the job has ended are none of it: the end is told last.
 */
export function mergeMoves<Entry extends Move & Pick<NumberedEntry, 'level'>>(
  entries: readonly Entry[],
): Entry[] {
  const job = entries.findLast(({ subjectType }) => subjectType === 'Job');
  const told = job && isEnd(job) ? entries.slice(0, entries.indexOf(job) + 1) : entries;
  const wrong = told.findLast(({ subjectType, level }) => subjectType === 'JobRow' && level !== 'INFO');
  return [...new Set([wrong, told.at(-1)])].filter((entry) => entry !== undefined);
}
