/** Rows of a preview that need a look: those that cannot start, and those that ask for what another asks for. */
import {
  BadRowsDocument,
  type BadRowsQuery,
  DuplicateRowsDocument,
  type DuplicateRowsQuery,
} from '../generated/graphql.ts';
import type { ApiClient } from '../server/api-client.ts';
import { everyRow } from './every-row.ts';

type RowsOf<Query extends { job: { rows: { edges: { node: unknown }[] } } | null }> = NonNullable<
  Query['job']
>['rows']['edges'][number]['node'];

export type BadRow = RowsOf<BadRowsQuery>;
export type DuplicateRow = RowsOf<DuplicateRowsQuery>;

/** Rows that cannot start, in order, with everything that is wrong with each; at most `most`. */
export const badRows = (api: ApiClient, id: string, most: number): AsyncGenerator<BadRow> =>
  everyRow(async (page) => (await api.request(BadRowsDocument, { id, ...page })).job?.rows, most);

/** Rows that ask for what an earlier one asks for, in order, with that one; at most `most`. */
export const duplicateRows = (api: ApiClient, id: string, most: number): AsyncGenerator<DuplicateRow> =>
  everyRow(async (page) => (await api.request(DuplicateRowsDocument, { id, ...page })).job?.rows, most);
