/** Frames and clips of before they were numbered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { type OldDatabase, openOldDatabase } from './support/old-database.ts';

/** The first that numbers them. */
const CHANGE = '20261130095927_revisions';

let database: OldDatabase;
beforeAll(async () => {
  database = await openOldDatabase(CHANGE);
});
afterAll(() => database.remove());

const [PROJECT, SCENE] = [newId(), newId()];

const insertFrame = (id: string, position: string, minute: number, supersededMinute: number | null) =>
  database.pool.query(
    `INSERT INTO keyframes (id, scene_id, position, prompt_used, file_path, mime_type, width, height, source,
       created_at, superseded_at)
     VALUES ($1::uuid, $2, $3::"KeyframePosition", 'p', 'old/' || $1::uuid, 'image/png', 1, 1, 'GENERATED', $4, $5)`,
    [id, SCENE, position, at(minute), supersededMinute === null ? null : at(supersededMinute)],
  );

const insertClip = (id: string, minute: number, supersededMinute: number | null) =>
  database.pool.query(
    `INSERT INTO video_clips (id, scene_id, status, error_message, created_at, completed_at, superseded_at)
     VALUES ($1, $2, 'FAILED', 'e', $3, $3, $4)`,
    [id, SCENE, at(minute), supersededMinute === null ? null : at(supersededMinute)],
  );

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute));

async function revisionsOf(table: string, where = 'true') {
  const { rows } = await database.pool.query<Record<'id' | 'replaces_id', string> & { revision: number }>(
    `SELECT id, revision, replaces_id FROM ${table} WHERE ${where} ORDER BY revision`,
  );
  return rows.map(({ id, revision, replaces_id: replaces }) => [id, revision, replaces]);
}

test('are numbered by when they were made, the current one last, and go on from there', async () => {
  await database.pool.query(
    `INSERT INTO projects (id, workspace_id, title, prompt, style, aspect_ratio, target_clip_duration, updated_at)
     VALUES ($1, $2, 'Harbour', 'A harbour.', 'cinematic', '16:9', 4, now())`,
    [PROJECT, LOCAL_WORKSPACE_ID],
  );
  await database.pool.query(
    `INSERT INTO scenes (id, project_id, scene_index, scene_description, start_frame_prompt, end_frame_prompt,
       video_motion_prompt, transition_notes)
     VALUES ($1, $2, 0, 'A', 'B', 'C', 'D', 'E')`,
    [SCENE, PROJECT],
  );
  const [start, first, second, third] = [newId(), newId(), newId(), newId()];
  await insertFrame(second, 'END', 2, 3);
  await insertFrame(first, 'END', 1, 2);
  await insertFrame(start, 'START', 5, null);
  // Of a machine whose clock was behind.
  await insertFrame(third, 'END', 0, null);
  const [given, taken] = [newId(), newId()];
  await insertClip(taken, 2, null);
  await insertClip(given, 1, 2);

  await database.migrate();
  expect(await revisionsOf('keyframes', "position = 'END'")).toEqual([
    [first, 1, null],
    [second, 2, first],
    [third, 3, second],
  ]);
  expect(await revisionsOf('keyframes', "position = 'START'")).toEqual([[start, 1, null]]);
  expect(await revisionsOf('video_clips')).toEqual([
    [given, 1, null],
    [taken, 2, given],
  ]);

  await database.pool.query(`UPDATE video_clips SET superseded_at = now() WHERE id = $1`, [taken]);
  const next = newId();
  await insertClip(next, 9, null);
  expect((await revisionsOf('video_clips')).at(-1)).toEqual([next, 3, taken]);
});
