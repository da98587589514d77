/** Rows of which most cost the same: pages of them, in each order and from both ends. */
import { expect, test } from 'vitest';
import { requireId } from '../../src/core/ids.ts';
import { useTestApi } from '../support/test-api.ts';
import { preview } from './support/job.ts';

const api = useTestApi();

const PAGE = 4;
const ROWS = 23;

type Edge = { cursor: string; node: { id: string; rowNumber: number } };
type Rows = {
  edges: Edge[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
};

async function page(id: string, order: string, args: object): Promise<Rows> {
  const query = `query ($id: ID!, $first: Int, $last: Int, $after: String, $before: String) { job(id: $id) {
    rows(orderBy: { ${order} }, first: $first, last: $last, after: $after, before: $before) {
      edges { cursor node { id rowNumber } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
  return (await api.ask<{ job: { rows: Rows } }>(query, { id, ...args })).job.rows;
}

/** All rows, a page at a time, each beginning where the one before ended. */
async function leaf(id: string, order: string, way: 'forth' | 'back'): Promise<number[]> {
  const numbers: number[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const args = way === 'forth' ? { first: PAGE, after: cursor } : { last: PAGE, before: cursor };
    const { edges, pageInfo } = await page(id, order, args);
    const read = edges.map(({ node }) => node.rowNumber);
    if (way === 'forth') numbers.push(...read);
    else numbers.unshift(...read);
    more = way === 'forth' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
    cursor = way === 'forth' ? pageInfo.endCursor : pageInfo.startCursor;
  }
  return numbers;
}

async function jobOfEqualRows(): Promise<{ id: string; uuid: string }> {
  const { id } = await preview(
    api,
    Array.from({ length: ROWS }, (_, index) => ({ prompt: `Film ${index}.` })),
  );
  const uuid = requireId('Job', id, []);
  for (const [rowNumber, microUsd, seconds] of [
    [3, 5n, 1.5],
    [9, 5n, 0.25],
    [10, 5n, 1.5],
    [11, 7n, 1.5],
    [12, 5n, 1.5],
    [20, 5n, 1.5],
  ] as const)
    await api.db.jobRow.updateMany({
      where: { jobId: uuid, rowNumber },
      data: { costMicroUsd: microUsd, durationSeconds: seconds },
    });
  return { id, uuid };
}

test.each([
  ['COST', 'costMicroUsd'],
  ['DURATION', 'durationSeconds'],
] as const)(
  'pages by %s have every row once, whichever way they are leafed through',
  async (field, column) => {
    const { id, uuid } = await jobOfEqualRows();
    const all = await api.db.jobRow.findMany({ where: { jobId: uuid } });
    const rising = all
      .toSorted((a, b) => Number(a[column]) - Number(b[column]) || (a.id < b.id ? -1 : 1))
      .map(({ rowNumber }) => rowNumber);
    for (const [direction, expected] of [
      ['ASC', rising],
      ['DESC', rising.toReversed()],
    ] as const) {
      const order = `field: ${field}, direction: ${direction}`;
      expect(await leaf(id, order, 'forth')).toEqual(expected);
      expect(await leaf(id, order, 'back')).toEqual(expected);
    }
  },
);

test('rows between two of the same cost are those between them, counted from either end', async () => {
  const { id } = await jobOfEqualRows();
  const order = 'field: COST, direction: ASC';
  const { edges } = await page(id, order, { first: ROWS });
  const between = { after: edges[2]?.cursor, before: edges[20]?.cursor };
  const cut = edges.slice(3, 20);
  expect((await page(id, order, { ...between, first: ROWS })).edges).toEqual(cut);
  expect((await page(id, order, { ...between, last: ROWS })).edges).toEqual(cut);
  expect((await page(id, order, { ...between, first: PAGE })).edges).toEqual(cut.slice(0, PAGE));
  expect((await page(id, order, { ...between, last: PAGE })).edges).toEqual(cut.slice(-PAGE));
});
