import { FailedRowsDocument, type JobFailureFragment } from '../generated/graphql.ts';
import type { ApiClient } from '../server/api-client.ts';

/** Rows of a job without a result: the last ones of the sheet first, at most `most`. */
export async function failuresOf(api: ApiClient, id: string, most: number): Promise<JobFailureFragment[]> {
  const { job } = await api.request(FailedRowsDocument, { id, last: most });
  return job?.rows.edges.map(({ node }) => node).toReversed() ?? [];
}
