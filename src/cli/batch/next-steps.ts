import type { JobCountersFragment } from '../generated/graphql.ts';

type Steps = Pick<JobCountersFragment, 'id' | 'status' | 'failedRows' | 'reviewRows'>;

/** What can be typed next of a job where it stands, a line each. */
export function* nextSteps({ id, status, failedRows, reviewRows }: Steps): Generator<string> {
  if (status === 'PENDING') yield `Start it: vidpipe batch start ${id}`;
  if (status === 'RUNNING') yield `Watch it: vidpipe batch follow ${id}`;
  if (status === 'PAUSED') yield `Go on: vidpipe batch resume ${id}`;
  if (status === 'CANCELLED' || status === 'PENDING') return;
  if (failedRows > 0) yield `Try again what failed: vidpipe batch retry ${id} --failed`;
  if (reviewRows > 0) yield `Look at the provider, then: vidpipe batch retry ${id} --review`;
}
