/** Rows of a preview that need a look: those that cannot start, and those that ask for what another asks for. */
import {
  BadRowsDocument,
  type BadRowsQuery,
  DuplicateRowsDocument,
  type DuplicateRowsQuery,
} from '../generated/graphql.ts';
import type { ApiClient } from '../server/api-client.ts';

type RowsOf<Query extends { job: { rows: { edges: { node: unknown }[] } } | null }> = NonNullable<
  Query['job']
>['rows']['edges'][number]['node'];

export type BadRow = RowsOf<BadRowsQuery>;
export type DuplicateRow = RowsOf<DuplicateRowsQuery>;

/** A page of the API holds no more. */
const PAGE = 100;

/** Rows that cannot start, in order, with everything that is wrong with each; at most `most`. */
export async function* badRows(api: ApiClient, id: string, most: number): AsyncGenerator<BadRow> {
  let after: string | null = null;
  for (let left = most; left > 0; left -= PAGE) {
    const page: BadRowsQuery = await api.request(BadRowsDocument, { id, first: Math.min(PAGE, left), after });
    yield* page.job?.rows.edges.map(({ node }) => node) ?? [];
    if (!page.job?.rows.pageInfo.hasNextPage) return;
    after = page.job.rows.pageInfo.endCursor ?? null;
  }
}

/** Rows that ask for what an earlier one asks for, in order, with that one; at most `most`. */
export async function* duplicateRows(api: ApiClient, id: string, most: number): AsyncGenerator<DuplicateRow> {
  let after: string | null = null;
  for (let left = most; left > 0; left -= PAGE) {
    const first = Math.min(PAGE, left);
    const page: DuplicateRowsQuery = await api.request(DuplicateRowsDocument, { id, first, after });
    yield* page.job?.rows.edges.map(({ node }) => node) ?? [];
    if (!page.job?.rows.pageInfo.hasNextPage) return;
    after = page.job.rows.pageInfo.endCursor ?? null;
  }
}
