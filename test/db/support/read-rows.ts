/** How many rows a statement looks at, as the database tells it once it was done. */
import pg from 'pg';
import { vi } from 'vitest';
import type { TestPlatform } from '../../support/test-platform.ts';

type Plan = {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
};

/** Rows that a plan looked at, its children's among them. */
const readBy = (plan: Plan): number =>
  (plan['Actual Rows'] +
    (plan['Rows Removed by Filter'] ?? 0) +
    (plan['Rows Removed by Index Recheck'] ?? 0)) *
    plan['Actual Loops'] +
  (plan.Plans ?? []).reduce((sum, child) => sum + readBy(child), 0);

/** @returns what `ask` answers, the most that any part of its last statement on a table looked at, and how long that took. */
export async function readRows<Answer>(
  { database }: TestPlatform,
  table: string,
  ask: () => Promise<Answer>,
): Promise<{ answer: Answer; read: number; milliseconds: number }> {
  const queries = vi.spyOn(pg.Client.prototype, 'query');
  const answer = await ask();
  const calls = queries.mock.calls as unknown as [{ text?: string; values?: unknown[] } | undefined][];
  queries.mockRestore();
  const asked = calls.flatMap(([call]) => (call?.text?.includes(`"${table}"`) ? [call] : [])).at(-1);
  const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${asked?.text}`;
  await database.pool.query(explain, asked?.values);
  const { rows: plans } = await database.pool.query<{
    'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number }];
  }>(explain, asked?.values);
  const [plan] = plans[0]?.['QUERY PLAN'] ?? [];
  if (!plan) throw new Error('There is no plan.');
  return { answer, read: readBy(plan.Plan), milliseconds: plan['Execution Time'] };
}
