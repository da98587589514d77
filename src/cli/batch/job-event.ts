import type { JobProgressSubscription } from '../generated/graphql.ts';

/** What a person or a program following a job is told; `--json` prints one a line. */
export type JobEvent = Omit<JobProgressSubscription['jobProgress'], 'cursor'>;

export type Job = NonNullable<JobEvent['job']>;
type Row = NonNullable<JobEvent['row']>;

/** The row that an event tells of, if it has just come to no result. */
export function failureOf({ row }: JobEvent): Row | null {
  return row && (row.status === 'FAILED' || row.status === 'NEEDS_REVIEW') ? row : null;
}

/** Shows a job while it goes on. */
export type JobView = {
  show(event: JobEvent): void;
  /** A line of our own between the events. */
  note(text: string): void;
  close(): void;
};
