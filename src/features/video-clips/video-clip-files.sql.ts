/** Which files clips name. */
import { Prisma } from '../../generated/prisma/client.ts';
import { isCurrent } from '../revisions/current.sql.ts';

const ofScene = Prisma.raw('JOIN scenes s ON s.id = c.scene_id JOIN projects p ON p.id = s.project_id');

export const videoClipFiles = Prisma.sql`
  SELECT c.id, p.workspace_id, p.id AS project_id, c.local_path AS key,
    ${isCurrent('c')} AND c.status = 'COMPLETE' AS is_current, coalesce(c.completed_at, c.created_at) AS since
  FROM video_clips c ${ofScene} WHERE c.local_path IS NOT NULL`;

/** What waits on a shelf is to have this key. */
export const unkeptVideoClipFiles = Prisma.sql`
  SELECT c.id, p.workspace_id, p.id AS project_id, f.file_path AS key, false AS is_current, f.created_at AS since
  FROM unkept_video_clips f JOIN video_clips c ON c.id = f.video_clip_id ${ofScene}`;
