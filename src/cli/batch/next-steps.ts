import type { JobCountersFragment } from '../generated/graphql.ts';

type Steps = Pick<JobCountersFragment, 'id' | 'status' | 'failedRows' | 'reviewRows' | 'invalidRows'>;

/** What can be typed next of a job where it stands, a line each. */
export function* nextSteps({ id, status, failedRows, reviewRows, invalidRows }: Steps): Generator<string> {
  if (status === 'PENDING') yield `Start it: vidpipe batch start ${id}`;
  if (status === 'RUNNING') yield `Watch it: vidpipe batch follow ${id}`;
  if (status === 'PAUSED') yield `Go on: vidpipe batch resume ${id}`;
  if (status === 'CANCELLED' || status === 'PENDING') return;
  // Rows that cannot start as they are stay where they are, however often they are tried.
  if (failedRows > invalidRows) yield `Try again what failed: vidpipe batch retry ${id} --failed`;
  if (invalidRows > 0) yield 'Rows that cannot start are mended one by one, or in the sheet: docs/batch.md';
  if (reviewRows > 0) yield `Look at the provider, then: vidpipe batch retry ${id} --review`;
}
