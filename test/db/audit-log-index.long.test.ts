/** A page of `auditLog` is found without walking through the log, whatever of it is asked for. */
import { beforeAll, expect, test } from 'vitest';
import { encodeGlobalId, firstIdOf } from '../../src/core/ids.ts';
import { visibleEntries } from '../../src/features/audit/log/audit.ts';
import { type AuditQuery, whereAudited } from '../../src/features/audit/log/audit-query.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { readRows } from './support/read-rows.ts';

const ENTRIES = Number(process.env['LOG_ENTRIES'] ?? 100_000);
const FILLED_AT_ONCE = 50_000;
const FILL_MS = 600_000;
/** One entry a minute: 100,000 are ten weeks. */
const EACH_MS = 60_000;
const FIRST = Date.UTC(2026, 0, 1);
/** Scenes that entries tell of, as they come. */
const SCENES = 5_000;
const PAGE = 21;

const platform = useTestPlatform();
const sceneOf = (number: number) => firstIdOf(new Date(number));
const timeOf = (entry: number) => new Date(FIRST + EACH_MS * entry);

beforeAll(async () => {
  const { pool } = platform.database;
  await pool.query('ALTER TABLE audit_logs DISABLE TRIGGER USER');
  for (let first = 1; first <= ENTRIES; first += FILLED_AT_ONCE)
    await pool.query(
      `INSERT INTO audit_logs (id, sequence, time, event_type, level, actor, workspace_id, subject_type, subject_id, message, details, scopes)
     SELECT (stamp || '-7' || substr(noise, 1, 3) || '-8' || substr(noise, 4, 3) || '-' || substr(noise, 7, 12))::uuid,
       number, made, (CASE WHEN number % 1000 = 0 THEN 'ERROR' WHEN number % 5 = 0 THEN 'API_CALL' ELSE 'STATE_CHANGE' END)::"AuditEventType",
       (CASE WHEN number % 1000 = 0 THEN 'ERROR' WHEN number % 100 = 0 THEN 'WARNING' ELSE 'INFO' END)::"AuditLevel",
       CASE WHEN number = $2 THEN 'night shift' WHEN number % 3000 = 0 THEN 'key vp_1a2b3c4d' ELSE 'worker:a:' || number % 8 END, $1, 'Scene',
       ('00000000-' || lpad(to_hex(number % $4), 4, '0') || '-7000-8000-000000000000')::uuid,
       'Scene 3 is VIDEO_DONE.', '{"from": "VIDEO_GENERATING", "to": "VIDEO_DONE"}', ARRAY['project:' || number % 500]
     FROM generate_series($3::bigint, $5::bigint) AS number,
       LATERAL (SELECT md5(number::text) AS noise, $6::timestamptz + number * interval '1 minute' AS made) AS entry,
       LATERAL (SELECT regexp_replace(lpad(to_hex((extract(epoch FROM made) * 1000)::bigint), 12, '0'), '(.{8})(.{4})', '\\1-\\2') AS stamp) AS id`,
      [
        platform.ctx.actor.workspaceId,
        ENTRIES,
        first,
        SCENES,
        Math.min(ENTRIES, first + FILLED_AT_ONCE - 1),
        new Date(FIRST),
      ],
    );
  await pool.query('ALTER TABLE audit_logs ENABLE TRIGGER USER');
  await pool.query('VACUUM ANALYZE audit_logs');
}, FILL_MS);

async function pageOf(query: AuditQuery, sort: 'asc' | 'desc') {
  const narrow = await whereAudited(platform.ctx, query);
  const { answer, read, milliseconds } = await readRows(platform, 'audit_logs', () =>
    platform.db.auditLog.findMany({
      where: { AND: [visibleEntries(platform.ctx.actor), { sequence: { not: null } }, narrow] },
      orderBy: { sequence: sort },
      take: PAGE,
    }),
  );
  if (process.env['LOG_ENTRIES']) console.log(JSON.stringify(query), sort, milliseconds, 'ms', read, 'rows');
  return { rows: answer, read };
}

const LATE = { from: timeOf(ENTRIES - 5_000), to: timeOf(ENTRIES - 4_000) };
const EARLY = { from: timeOf(4_000), to: timeOf(5_000) };

test.each<[string, AuditQuery, number]>([
  ['of a subject', { subject: encodeGlobalId('Scene', sceneOf(7)) }, 5 * PAGE],
  ['of one of which nothing is told', { subject: encodeGlobalId('Scene', sceneOf(SCENES + 1)) }, 0],
  ['between two times late in it', { between: LATE }, 500],
  ['between two times early in it', { between: EARLY }, 500],
  ['before a time', { between: { to: timeOf(10) } }, 500],
  ['from a time on', { between: { from: timeOf(ENTRIES - 10) } }, 500],
])('a page of the log %s', async (_what, query, most) => {
  for (const sort of ['asc', 'desc'] as const)
    expect((await pageOf(query, sort)).read).toBeLessThanOrEqual(most);
});

test('the times of a span are all in it, and no others', async () => {
  const { rows } = await pageOf({ between: { from: timeOf(4_000), to: timeOf(4_010) } }, 'asc');
  expect(rows.map(({ sequence }) => Number(sequence))).toEqual(
    Array.from({ length: 10 }, (_, index) => 4_000 + index),
  );
});

test('what has no index of its own walks through the log once at most', async () => {
  for (const query of [
    {},
    { level: 'WARNING' },
    { level: 'ERROR' },
    { eventType: ['ERROR'] },
    { eventType: ['API_CALL'] },
    { eventType: ['ROW_EVENT'] },
    { actor: 'worker:a:3' },
    { actor: 'key vp_1a2b3c4d' },
    { actor: 'night shift' },
    { actor: 'nobody' },
    { level: 'ERROR', actor: 'nobody' },
    { level: 'ERROR', between: LATE },
  ] satisfies AuditQuery[])
    for (const sort of ['asc', 'desc'] as const)
      expect((await pageOf(query, sort)).read).toBeLessThanOrEqual(ENTRIES + 3 * PAGE);
});
