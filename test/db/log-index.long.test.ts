/** What the log's index is for: a project's entries are found without walking through everybody's. */
import pg from 'pg';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { scopeOf } from '../../src/core/scopes.ts';
import { type LogFilter, whereEntries } from '../../src/features/audit/log/log-filter.ts';
import { useTestPlatform } from '../support/test-platform.ts';

/** As in an installation of some years. */
const PROJECTS = 2_000;
const ENTRIES = Number(process.env['LOG_ENTRIES'] ?? 100_000);
/** Every 25th entry is of one busy project. */
const BUSY_EVERY = 25;
const PAGE = 100;
/** Beyond those of the page: of the project, and of everybody's where the project is one of the busiest. */
const MOST_READ = 100 * BUSY_EVERY + ENTRIES / PROJECTS + PAGE;
const FILLED_AT_ONCE = 50_000;
const FILL_MS = 600_000;

const platform = useTestPlatform();
const scopeNumber = (project: number) => scopeOf('Project', uuidOf(project));
const uuidOf = (project: number) => `00000000-0000-7000-8000-${String(project).padStart(12, '0')}`;

beforeAll(async () => {
  const { pool } = platform.database;
  await pool.query('ALTER TABLE audit_logs DISABLE TRIGGER USER');
  for (let first = 1; first <= ENTRIES; first += FILLED_AT_ONCE)
    await pool.query(
      `INSERT INTO audit_logs (id, sequence, event_type, actor, workspace_id, subject_type, subject_id, message, details, scopes)
     SELECT gen_random_uuid(), number, 'STATE_CHANGE', 'worker:a:1', $1, 'VideoClip', gen_random_uuid(),
       'Clip of scene 3 is RENDERING.', '{"from": "SUBMITTED", "to": "RENDERING", "percent": 40}',
       ARRAY['project:' || project, 'run:' || md5(project || '/' || number % 5)::uuid]
     FROM generate_series($5::bigint, $2::bigint) AS number, LATERAL (
       SELECT ('00000000-0000-7000-8000-' || lpad(
         (CASE WHEN number % $4 = 0 THEN 0 ELSE 1 + number * 7919 % $3 END)::text, 12, '0'))::uuid AS project) AS owner`,
      [
        platform.ctx.actor.workspaceId,
        Math.min(ENTRIES, first + FILLED_AT_ONCE - 1),
        PROJECTS,
        BUSY_EVERY,
        first,
      ],
    );
  await pool.query('ALTER TABLE audit_logs ENABLE TRIGGER USER');
  await pool.query('ANALYZE audit_logs');
}, FILL_MS);

type Plan = {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
};

/** Entries that a plan looked at, its children's among them. */
const readBy = (plan: Plan): number =>
  (plan['Actual Rows'] +
    (plan['Rows Removed by Filter'] ?? 0) +
    (plan['Rows Removed by Index Recheck'] ?? 0)) *
    plan['Actual Loops'] +
  (plan.Plans ?? []).reduce((sum, child) => sum + readBy(child), 0);

/** Reads a page as Prisma asks for it. @returns its rows, and the most that any part of the statement looked at. */
async function pageOf(filter: LogFilter, after: number, sort: 'asc' | 'desc') {
  const queries = vi.spyOn(pg.Client.prototype, 'query');
  const rows = await platform.db.auditLog.findMany({
    where: { ...whereEntries(filter, platform.ctx.actor), sequence: { gt: BigInt(after) } },
    orderBy: { sequence: sort },
    take: PAGE,
  });
  const calls = queries.mock.calls as unknown as [{ text?: string; values?: unknown[] } | undefined][];
  queries.mockRestore();
  const [asked] = calls.flatMap(([call]) => (call?.text?.includes('"audit_logs"') ? [call] : []));
  const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${asked?.text}`;
  await platform.database.pool.query(explain, asked?.values);
  const { rows: plans } = await platform.database.pool.query<{
    'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number }];
  }>(explain, asked?.values);
  const [plan] = plans[0]?.['QUERY PLAN'] ?? [];
  if (!plan) throw new Error('There is no plan.');
  if (process.env['LOG_ENTRIES']) console.log(filter, after, sort, plan['Execution Time'], 'ms');
  return { rows, read: readBy(plan.Plan) };
}

describe.each([
  ['one of many', { scope: scopeNumber(7) }],
  ['the busiest', { scope: scopeNumber(0) }],
  ['one of which nothing is told', { scope: scopeNumber(PROJECTS + 1) }],
])('a page of a project, %s', (name, filter) => {
  const least = name.includes('nothing') ? 0 : 20;

  test('after a cursor', async () => {
    const { rows, read } = await pageOf(filter, ENTRIES / 2, 'asc');
    expect(rows.length).toBeGreaterThanOrEqual(least);
    expect(read).toBeLessThan(3 * MOST_READ);
  });

  test('the newest', async () => {
    const { rows, read } = await pageOf(filter, 0, 'desc');
    expect(rows.length).toBeGreaterThanOrEqual(least);
    expect(read).toBeLessThan(3 * MOST_READ);
  });
});
