import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { type OldDatabase, openOldDatabase } from './support/old-database.ts';

/** The first in which a run may work on something else than a project. */
const CHANGE = '20261130030301_a_run_has_a_subject';

let database: OldDatabase;
beforeAll(async () => {
  database = await openOldDatabase(CHANGE);
});
afterAll(() => database.remove());

test('a run of before keeps its project, its crossfade and its bill', async () => {
  const [projectId, runId] = [newId(), newId()];
  const { pool } = database;
  await pool.query(
    `INSERT INTO projects (id, workspace_id, title, prompt, style, aspect_ratio, target_clip_duration, updated_at)
     VALUES ($1, $2, 'Harbour', 'A harbour.', 'cinematic', '16:9', 4, now())`,
    [projectId, LOCAL_WORKSPACE_ID],
  );
  await pool.query(
    `INSERT INTO pipeline_runs (id, workspace_id, project_id, kind, status, crossfade_seconds)
     VALUES ($1, $2, $3, 'FILM', 'RUNNING', 0.25)`,
    [runId, LOCAL_WORKSPACE_ID, projectId],
  );
  await pool.query(
    `SELECT * FROM reserve_money($1, $2, $3, $4, NULL, 'before', 7000, 'GOOGLE', 'a-model', 'STORYBOARD', '{}', '{}')`,
    [newId(), LOCAL_WORKSPACE_ID, projectId, runId],
  );
  await database.migrate();
  const scopes = [`run:${runId}`, `project:${projectId}`, `workspace:${LOCAL_WORKSPACE_ID}`];
  await pool.query(
    `SELECT * FROM reserve_money($1, $2, $3, $4, 'after', 7000, 'GOOGLE', 'a-model', 'STORYBOARD', '{}', '{}')`,
    [scopes, newId(), LOCAL_WORKSPACE_ID, runId],
  );

  const { rows: runs } = await pool.query('SELECT project_id, video_id, options FROM pipeline_runs');
  expect(runs).toEqual([{ project_id: projectId, video_id: null, options: { crossfadeSeconds: 0.25 } }]);
  const { rows: balances } = await pool.query(
    'SELECT reserved_micro_usd::int AS reserved FROM ledger_balances WHERE scope = ANY ($1)',
    [scopes],
  );
  expect(balances).toEqual([{ reserved: 14_000 }, { reserved: 14_000 }, { reserved: 14_000 }]);

  const withSubjects = (project: string | null, video: string | null) =>
    pool.query(
      `INSERT INTO pipeline_runs (id, workspace_id, project_id, video_id, kind, status)
       VALUES ($1, $2, $3, $4, 'FILM', 'QUEUED')`,
      [newId(), LOCAL_WORKSPACE_ID, project, video],
    );
  await expect(withSubjects(null, null)).rejects.toThrow(/pipeline_runs_one_subject/);
  await expect(withSubjects(projectId, newId())).rejects.toThrow(/pipeline_runs_one_subject/);
});
