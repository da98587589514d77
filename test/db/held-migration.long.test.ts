import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { type OldDatabase, openOldDatabase } from './support/old-database.ts';

/** The first in which a run's row tells which cap holds it. */
const CHANGE = '20261122122938_held_by_cap';

let database: OldDatabase;
beforeAll(async () => {
  database = await openOldDatabase(CHANGE);
});
afterAll(() => database.remove());

async function addRun(status: string, code: string | null, message: string | null): Promise<string> {
  const [projectId, id] = [newId(), newId()];
  await database.pool.query(
    `INSERT INTO projects (id, workspace_id, title, prompt, style, aspect_ratio, target_clip_duration, updated_at)
     VALUES ($1, $2, 'Harbour', 'A harbour.', 'cinematic', '16:9', 4, now())`,
    [projectId, LOCAL_WORKSPACE_ID],
  );
  await database.pool.query(
    `INSERT INTO pipeline_runs (id, workspace_id, project_id, kind, status, error_code, error_message, completed_at)
     VALUES ($1, $2, $3, 'FILM', $4::"RunStatus", $5, $6, $7)`,
    [id, LOCAL_WORKSPACE_ID, projectId, status, code, message, status === 'CANCELLED' ? new Date() : null],
  );
  return id;
}

test('a run that a cap held before knows which one, so that a new day lets it go on', async () => {
  const ofDay = await addRun(
    'PAUSED',
    'BUDGET_EXCEEDED',
    'The cap of the day (UTC) is $1.00; $0.50 of it is spent',
  );
  const ofProject = await addRun(
    'RUNNING',
    'BUDGET_EXCEEDED',
    'The cap of the project is $1.00; $0.50 of it is spent',
  );
  const cancelled = await addRun(
    'CANCELLED',
    'BUDGET_EXCEEDED',
    'The cap of the run is $1.00; $0.50 of it is spent',
  );
  const paused = await addRun('PAUSED', null, null);
  await database.migrate();

  const { rows } = await database.pool.query<{ id: string; held_by_cap: string | null; held: boolean }>(
    'SELECT id, held_by_cap, held_at IS NOT NULL AS held FROM pipeline_runs',
  );
  const capOf = (id: string) => rows.find((run) => run.id === id);
  expect(capOf(ofDay)).toMatchObject({ held_by_cap: 'DAY', held: true });
  expect(capOf(ofProject)).toMatchObject({ held_by_cap: 'PROJECT', held: true });
  expect(capOf(cancelled)).toMatchObject({ held_by_cap: null, held: false });
  expect(capOf(paused)).toMatchObject({ held_by_cap: null, held: false });
});
