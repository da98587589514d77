/** The planner knows the rows of a large preview at once: a page of them is not sorted out of all. */
import { beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { previewJob } from '../../src/features/jobs/preview/preview-job.ts';
import { useTestApi } from '../support/test-api.ts';
import { nodesOf, planOf, readWhole, statementsOf } from './support/statements.ts';

const api = useTestApi();
const ROWS = 10_000;
const PAGE = `query ($id: ID!, $filter: JobRowFilter, $after: String, $before: String, $first: Int, $last: Int) {
  node(id: $id) { ... on Job { rows(filter: $filter, after: $after, before: $before, first: $first, last: $last) {
    edges { node { rowNumber } } pageInfo { startCursor } } } } }`;

let id: string;

beforeAll(async () => {
  const rows = Array.from({ length: ROWS }, (_, index) => JSON.stringify({ prompt: `Day ${index} dawns.` }));
  const job = await previewJob(api.ctx, {
    kind: 'FILM',
    source: { fileName: null, content: new Blob([rows.join('\n')]) },
    mapping: {},
    defaults: {},
    concurrency: 4,
    maxRowCostCents: null,
  });
  id = encodeGlobalId('Job', job.id);
});

type Page = {
  node: { rows: { edges: { node: { rowNumber: number } }[]; pageInfo: { startCursor: string } } };
};

const ask = async (list: object) => (await api.ask<Page>(PAGE, { id, ...list })).node.rows;

test('how many there are is known', async () => {
  const [table] = await api.db.$queryRaw<{ rows: number }[]>`
    SELECT reltuples::int AS rows FROM pg_class WHERE oid = 'job_rows'::regclass`;
  expect(table?.rows).toBe(ROWS);
});

test.each([
  ['all', null],
  ['those that can start', { isInvalid: false }],
  ['those that ask for what no other does', { isDuplicate: false }],
])('neither the first page nor the last of %s reads or sorts all rows', async (_what, filter) => {
  const { pageInfo } = await ask({ filter, last: 100 });
  const first = await statementsOf(() => ask({ filter, first: 100 }));
  const last = await statementsOf(async () => {
    const { edges } = await ask({ filter, before: pageInfo.startCursor, last: 100 });
    expect(edges.at(-1)?.node.rowNumber).toBe(ROWS - 100);
  });
  const client = await api.database.pool.connect();
  try {
    for (const statement of [...first, ...last].filter(({ text }) => text.includes('job_rows'))) {
      const plan = await planOf(client, statement);
      expect(readWhole(plan)).not.toContain('job_rows');
      expect(nodesOf(plan)).not.toContain('Sort');
    }
  } finally {
    client.release();
  }
});
