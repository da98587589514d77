/** What the log's index is for: a project's entries are found without walking through everybody's. */
import { beforeAll, describe, expect, test } from 'vitest';
import { scopeOf } from '../../src/core/scopes.ts';
import { type LogFilter, whereEntries } from '../../src/features/audit/log/log-filter.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { readRows } from './support/read-rows.ts';

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

/** Reads a page as Prisma asks for it. @returns its rows, and the most that any part of the statement looked at. */
async function pageOf(filter: LogFilter, after: number, sort: 'asc' | 'desc') {
  const { answer, read, milliseconds } = await readRows(platform, 'audit_logs', () =>
    platform.db.auditLog.findMany({
      where: { ...whereEntries(filter, platform.ctx.actor), sequence: { gt: BigInt(after) } },
      orderBy: { sequence: sort },
      take: PAGE,
    }),
  );
  if (process.env['LOG_ENTRIES']) console.log(filter, after, sort, milliseconds, 'ms');
  return { rows: answer, read };
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
