/** What the program really asks the database, and how the database would answer it. */
import pg from 'pg';
import { vi } from 'vitest';

export type Statement = { text: string; values: unknown[] };

/** Runs `work`, and tells every statement that reached the database meanwhile. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return spy.mock.calls.map((call) => statementOf(call)).filter(({ text }) => READS.test(text));
  } finally {
    spy.mockRestore();
  }
}

const READS = /^\s*(SELECT|UPDATE|WITH|DELETE)\b/i;

/** `pg` takes a text and its values, or both as one. */
function statementOf([asked, apart]: readonly unknown[]): Statement {
  const { text = '', values = apart } =
    typeof asked === 'string' ? { text: asked } : (asked as Partial<Statement>);
  return { text, values: (values ?? []) as unknown[] };
}

/** A node of a plan, as EXPLAIN (FORMAT JSON) tells it. */
type PlanNode = { 'Node Type': string; 'Relation Name'?: string; Plans?: PlanNode[] };

/** Tables that the plan of a statement reads from their beginning to their end. */
export const readWhole = (plan: PlanNode): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] ? [plan['Relation Name']] : []),
  ...(plan.Plans ?? []).flatMap(readWhole),
];

/** What a plan does, step by step. */
export const nodesOf = (plan: PlanNode): string[] => [
  plan['Node Type'],
  ...(plan.Plans ?? []).flatMap(nodesOf),
];

/** How the database would answer a statement now. */
export async function planOf(client: pg.ClientBase, { text, values }: Statement): Promise<PlanNode> {
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `EXPLAIN (FORMAT JSON) ${text}`,
    values as never[],
  );
  const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
  if (!plan) throw new Error(`No plan for ${text}.`);
  return plan.Plan;
}
