import { expect, test } from 'vitest';
import { everyRow, moveRows } from '../../src/cli/batch/every-row.ts';
import { CliFailure } from '../../src/cli/command/exit-codes.ts';
import type { JobCountersFragment } from '../../src/cli/generated/graphql.ts';

const NUMBERS = Array.from({ length: 250 }, (_all, index) => index + 2);

async function allOf<Node>(rows: AsyncIterable<Node>): Promise<Node[]> {
  const all: Node[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** A job of rows with these numbers, and what was asked of it. */
function jobOf(numbers: readonly number[]) {
  const asked: { first: number; after: string | null }[] = [];
  const ask = async (page: { first: number; after: string | null }) => {
    asked.push(page);
    const from = page.after === null ? 0 : Number(page.after);
    const to = Math.min(numbers.length, from + page.first);
    return {
      pageInfo: { hasNextPage: to < numbers.length, endCursor: String(to) },
      edges: numbers.slice(from, to).map((node) => ({ node })),
    };
  };
  return { asked, ask };
}

test('every row is read once, in order, a hundred at a time', async () => {
  const { asked, ask } = jobOf(NUMBERS);
  expect(await allOf(everyRow(ask))).toEqual(NUMBERS);
  expect(asked.map(({ first, after }) => [first, after])).toEqual([
    [100, null],
    [100, '100'],
    [100, '200'],
  ]);
});

test('no more are asked for than are wanted, and of no job none', async () => {
  const { asked, ask } = jobOf(NUMBERS);
  expect(await allOf(everyRow(ask, 120))).toEqual(NUMBERS.slice(0, 120));
  expect(asked.map(({ first }) => first)).toEqual([100, 20]);
  expect(await allOf(everyRow(async () => undefined))).toEqual([]);
});

const job = (processedRows: number) => ({ processedRows }) as JobCountersFragment;

test('rows are moved in lists of a hundred, and counted together; the job is as it is after the last', async () => {
  const lists: number[] = [];
  const moved = await moveRows({ rowNumbers: NUMBERS }, async ({ rowNumbers }) => {
    lists.push(rowNumbers.length);
    return { count: rowNumbers.length - 1, job: job(lists.length) };
  });
  expect(lists).toEqual([100, 100, 50]);
  expect(moved).toEqual({ count: 247, job: job(3) });
});

test('after a list that is refused nothing more is moved', async () => {
  let lists = 0;
  const refused = moveRows({ rowNumbers: NUMBERS }, async () => {
    lists += 1;
    if (lists === 2) throw new CliFailure(1, 'No such row.');
    return { count: 100, job: job(lists) };
  });
  await expect(refused).rejects.toThrow('No such row.');
  expect(lists).toBe(2);
});

test('rows that are named by where they stand are one list', async () => {
  const moved = await moveRows({ statuses: ['FAILED' as const] }, async () => ({ count: 300, job: job(1) }));
  expect(moved.count).toBe(300);
});
