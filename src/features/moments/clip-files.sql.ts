/** Which files clips and stills name. A still is told as one of the video that it shows. */
import { Prisma } from '../../generated/prisma/client.ts';

export const clipFiles = Prisma.sql`
  SELECT c.id, v.workspace_id, v.project_id, c.file_path AS key, true AS is_current, c.created_at AS since
  FROM clips c JOIN videos v ON v.id = c.video_id`;

export const thumbnailFiles = Prisma.sql`
  SELECT v.id, v.workspace_id, v.project_id, t.file_path AS key, true AS is_current, t.created_at AS since
  FROM thumbnails t LEFT JOIN clips c ON c.id = t.clip_id JOIN videos v ON v.id = coalesce(t.video_id, c.video_id)`;
