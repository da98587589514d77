/** The hottest statements go by an index, also where there is much: no table is read whole for one of its rows. */
import { beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { visibleEntries as visibleLog } from '../../src/features/audit/log/audit.ts';
import { whereAudited } from '../../src/features/audit/log/audit-query.ts';
import { readOpenCalls } from '../../src/features/budget/ledger.sql.ts';
import { readDrawing } from '../../src/features/keyframes/drawing.sql.ts';
import { readFilmRows } from '../../src/features/pipelines/film/film-rows.sql.ts';
import { lockRun } from '../../src/features/runs/run.sql.ts';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { createProject, visibleProjects } from '../../src/features/projects/project.ts';
import { claimDueVideoClips, nextDueMs } from '../../src/features/video-clips/due-video-clips.sql.ts';
import { findSceneAndVideoClip } from '../../src/features/video-clips/clip-inputs.sql.ts';
import { namedAmong, readNamedFiles } from '../../src/features/upkeep/all-files.ts';
import { claimDueWebhooks, nextWebhookDueMs } from '../../src/features/webhooks/webhook.sql.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { planOf, readWhole, statementsOf } from './support/statements.ts';

const platform = useTestPlatform();

const PROJECTS = 2_000;
/** Tables that are filled here. What the queue asks meanwhile is its own affair. */
const LARGE = [
  'projects',
  'pipeline_runs',
  'scenes',
  'keyframes',
  'video_clips',
  'audit_logs',
  'ledger_entries',
];

let film: Seed;
let run: PipelineRun;

/** Copies of a row: what is not told is as it is in that one. */
const copy = (table: string, of: string, changes: string, times: string) => `
  INSERT INTO ${table} SELECT (jsonb_populate_record(r, jsonb_build_object(${changes}))).*
  FROM ${table} r, ${times} WHERE ${of}`;

/** A UUID for each number. */
const id = (what: string, nth = 'i::text') => `md5('${what}' || ${nth})::uuid`;

beforeAll(async () => {
  const { db, ctx } = platform;
  film = await seedFilm(ctx, { sceneCount: 1 });
  run = await db.pipelineRun.findUniqueOrThrow({ where: { id: film.runId } });
  await createProject(ctx, { prompt: 'A lighthouse wakes at dusk.' });
  const each = `generate_series(1, ${PROJECTS}) i`;
  const scene = `generate_series(1, 6) n`;
  await db.$transaction(
    async (tx) => {
      // The log is numbered by a trigger, the ledger summed by another; both take their time, and neither matters here.
      await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
      await tx.$executeRawUnsafe('SET LOCAL statement_timeout = 0');
      for (const statement of [
        copy('projects', `r.id = '${film.projectId}'`, `'id', ${id('project')}`, each),
        copy(
          'pipeline_runs',
          `r.id = '${film.runId}'`,
          `'id', ${id('run')}, 'project_id', ${id('project')}`,
          each,
        ),
        copy(
          'scenes',
          `r.project_id = '${film.projectId}'`,
          `'id', ${id('scene', "i || '-' || n")}, 'project_id', ${id('project')}, 'scene_index', n`,
          `${each}, ${scene}`,
        ),
        copy(
          'keyframes',
          `r.scene_id = '${film.sceneIds[0]}'`,
          `'id', md5(r.id::text || i || '-' || n)::uuid, 'scene_id', ${id('scene', "i || '-' || n")}`,
          `${each}, ${scene}`,
        ),
        copy(
          'video_clips',
          `r.scene_id = '${film.sceneIds[0]}'`,
          `'id', md5(r.id::text || i || '-' || n)::uuid, 'replaces_id', null, 'scene_id', ${id('scene', "i || '-' || n")}`,
          `${each}, ${scene}`,
        ),
        copy(
          'audit_logs',
          `r.subject_type = 'Project'`,
          `'id', md5(r.id::text || i || '-' || n)::uuid, 'sequence', 1000 + 10 * i + n, 'subject_id', ${id('project')}`,
          `${each}, generate_series(1, 10) n`,
        ),
        `INSERT INTO ledger_entries (id, kind, operation_key, subject, amount_micro_usd, day, workspace_id, run_id, scopes, provider, model, call)
       SELECT md5('entry' || i || '-' || n)::uuid, 'RESERVE', 'call-' || i || '-' || n, 'subject-' || i, 1, now()::date,
         '${run.workspaceId}', ${id('run')}, ARRAY['workspace:' || '${run.workspaceId}', 'project:' || ${id('project')}, 'run:' || ${id('run')}], 'ANIMATIC', 'm', 'CLIP'
       FROM ${each}, ${scene}`,
      ])
        await tx.$executeRawUnsafe(statement);
    },
    { timeout: 240_000 },
  );
  await db.$executeRawUnsafe('ANALYZE');
}, 300_000);

const HOT: readonly (readonly [what: string, ask: () => Promise<unknown>])[] = [
  ['the clips that are due', () => claimDueVideoClips(platform.db, 16, 10)],
  ['when the next clip is due', () => nextDueMs(platform.db)],
  ['the webhooks that are due', () => claimDueWebhooks(platform.db, 16, 10)],
  ['when the next webhook is due', () => nextWebhookDueMs(platform.db)],
  ['a run and its lock', () => platform.db.$transaction((tx) => lockRun(tx, film.runId))],
  ['all that a plan looks at', () => readFilmRows(platform.db, run)],
  ['a scene and its clip', () => findSceneAndVideoClip(platform.db, film.sceneIds[0] ?? '')],
  ['all that a frame is drawn from', () => readDrawing(platform.db, film.sceneIds[0] ?? '', 'END')],
  ['whether any row names a file', () => namedAmong(platform.db, ['w/files/a.mp4', 'w/files/b.png'])],
  ['all files that a project names', () => readNamedFiles(platform.db, film.projectId)],
  ['the open calls for a subject', () => readOpenCalls(platform.db, { subject: 'subject-7' })],
  ['the open calls of a project', () => readOpenCalls(platform.db, { scope: projectScope(film.projectId) })],
  [
    'a page of projects',
    () =>
      platform.db.project.findMany({
        where: visibleProjects(platform.ctx.actor),
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: 21,
      }),
  ],
  [
    'what the log tells of one thing',
    async () => {
      const subject = encodeGlobalId('Project', film.projectId);
      const where = { AND: [visibleLog(platform.ctx.actor), await whereAudited(platform.ctx, { subject })] };
      return platform.db.auditLog.findMany({ where, orderBy: { sequence: 'asc' }, take: 21 });
    },
  ],
  [
    'what follows a cursor in the log',
    () =>
      platform.db.auditLog.findMany({
        where: { sequence: { gt: 20_000n } },
        orderBy: { sequence: 'asc' },
        take: 100,
      }),
  ],
];

test.each(HOT)('%s: no table is read whole', async (_what, ask) => {
  const statements = await statementsOf(ask);
  expect(statements.length).toBeGreaterThan(0);
  const client = await platform.database.pool.connect();
  try {
    for (const statement of statements) {
      const plan = await planOf(client, statement);
      expect(readWhole(plan).filter((table) => LARGE.includes(table))).toEqual([]);
    }
  } finally {
    client.release();
  }
});
