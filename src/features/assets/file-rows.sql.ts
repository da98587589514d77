import type { PrismaClient } from '../../generated/prisma/client.ts';
import { isCurrent } from '../revisions/current.sql.ts';

/** A row that names a file of the storage. */
export type FileRow = {
  type: 'Keyframe' | 'VideoClip' | 'Video' | 'ReferenceImage';
  id: string;
  workspaceId: string;
  /** Null for a film whose project was deleted. */
  projectId: string | null;
  key: string;
  /** Whether the file is still needed: not so once a newer frame or clip has taken its place. */
  isCurrent: boolean;
  /** When the row came to name the file. */
  since: Date;
};

/**
 * Every row that names a file, or those of one project. In SQL, for the seven columns that hold keys are in six tables.
 *
 * @param projectId null for all of them.
 */
export const readFileRows = (
  db: Pick<PrismaClient, '$queryRaw'>,
  projectId: string | null,
): Promise<FileRow[]> =>
  db.$queryRaw<FileRow[]>`
    SELECT * FROM (
      SELECT 'Keyframe' AS type, k.id, p.workspace_id AS "workspaceId", p.id AS "projectId", k.file_path AS key,
             ${isCurrent('k')} AS "isCurrent", k.created_at AS since
      FROM keyframes k JOIN scenes s ON s.id = k.scene_id JOIN projects p ON p.id = s.project_id
      UNION ALL
      SELECT 'Keyframe', u.id, p.workspace_id, p.id, u.file_path, false, u.created_at
      FROM unkept_frames u JOIN scenes s ON s.id = u.scene_id JOIN projects p ON p.id = s.project_id
      UNION ALL
      SELECT 'ReferenceImage', r.id, p.workspace_id, p.id, r.file_path, true, r.created_at
      FROM reference_images r JOIN projects p ON p.id = r.project_id
      UNION ALL
      SELECT 'VideoClip', c.id, p.workspace_id, p.id, c.local_path,
             ${isCurrent('c')} AND c.status = 'COMPLETE', coalesce(c.completed_at, c.created_at)
      FROM video_clips c JOIN scenes s ON s.id = c.scene_id JOIN projects p ON p.id = s.project_id
      WHERE c.local_path IS NOT NULL
      UNION ALL
      SELECT 'VideoClip', u.video_clip_id, p.workspace_id, p.id, u.file_path, false, u.created_at
      FROM unkept_video_clips u JOIN video_clips c ON c.id = u.video_clip_id JOIN scenes s ON s.id = c.scene_id
      JOIN projects p ON p.id = s.project_id
      UNION ALL
      SELECT 'Video', v.id, v.workspace_id, v.project_id, f.key, true, v.created_at
      FROM videos v CROSS JOIN LATERAL (VALUES (v.file_path), (v.poster_path)) AS f (key)
      WHERE f.key IS NOT NULL
    ) AS rows
    WHERE ${projectId}::uuid IS NULL OR "projectId" = ${projectId}::uuid`;
